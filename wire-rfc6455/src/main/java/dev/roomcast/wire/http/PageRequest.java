package dev.roomcast.wire.http;

import java.util.List;
import java.util.Map;

/**
 * An ordinary HTTP request. Immutable; its body is not read.
 *
 * @param method as sent, for example {@code GET}
 * @param path decoded, as the whole request has it, without query
 * @param headers by name without regard to case
 */
public record PageRequest(String method, String path, Map<String, List<String>> headers) {}
