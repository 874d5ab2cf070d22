package dev.roomcast.core.options;

import java.time.Duration;

/**
 * How servers share messages. The defaults are those of {@link OptionsBuilder}. Immutable.
 *
 * @param channelPrefix before every channel's name
 * @param interest whether to subscribe to the rooms that are here only, instead of to all by prefix
 * @param confirmationTimeout how long an answer waits for a subscription
 */
public record ClusterOptions(
    String channelPrefix, boolean interest, Duration confirmationTimeout) {}
