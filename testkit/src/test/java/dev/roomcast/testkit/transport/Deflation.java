package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.testkit.transport.FrameReader.Violation;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** permessage-deflate of the reference: right and slow. Wrong ones override what they break. */
class Deflation {
  private static final Pattern KNOWN =
      Pattern.compile(
          "(server|client)_no_context_takeover"
              + "|server_max_window_bits=15"
              + "|client_max_window_bits(=([89]|1[0-5]))?");

  /** The answer to what a client offers; empty if nothing is agreed on. */
  final Optional<String> answer(TransportSettings settings, Handshake request) {
    List<String> headers = request.headers().getOrDefault("Sec-WebSocket-Extensions", List.of());
    return offers(settings.compression().on(), headers)
        ? Optional.of("permessage-deflate; server_no_context_takeover; client_no_context_takeover")
        : Optional.empty();
  }

  boolean offers(boolean on, List<String> headers) {
    return on
        && headers.stream()
            .flatMap(header -> Arrays.stream(header.split(",")))
            .anyMatch(this::acceptable);
  }

  boolean acceptable(String offer) {
    List<String> parts = Arrays.stream(offer.split(";")).map(String::strip).toList();
    Set<String> names = new HashSet<>();
    return parts.getFirst().equals("permessage-deflate")
        && parts.stream()
            .skip(1)
            .allMatch(
                parameter ->
                    KNOWN.matcher(parameter).matches() && names.add(parameter.split("=", 2)[0]));
  }

  /** Whether a message goes out compressed. */
  boolean compresses(TransportSettings settings, BlockingConnection.Prepared message) {
    return message.compressible() && message.size() >= settings.compression().threshold();
  }

  byte[] deflate(byte[] message) {
    return RawDeflate.deflate(message);
  }

  /** What a message inflates to; one byte more than the limit if it is too large. */
  byte[] inflate(byte[] compressed, int limit) throws Violation {
    try {
      return RawDeflate.inflate(compressed, limit + 1);
    } catch (IOException corrupt) {
      throw new Violation(1002, "corrupt");
    }
  }

  /** Whether RSV1 may stand in a frame. */
  boolean mayMark(int opcode) {
    return opcode == ClientFrames.TEXT || opcode == ClientFrames.BINARY;
  }
}
