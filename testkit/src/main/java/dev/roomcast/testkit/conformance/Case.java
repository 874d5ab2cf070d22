package dev.roomcast.testkit.conformance;

import static dev.roomcast.testkit.transport.ClientFrames.BINARY;
import static dev.roomcast.testkit.transport.ClientFrames.TEXT;
import static dev.roomcast.testkit.transport.ClientFrames.join;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a client does, step by step, and what must come of it. Where nobody has closed after the
 * last step the client does, with 1000, and is answered. Immutable.
 *
 * @param number as in Autobahn's test suite: topic, group, case
 * @param section of RFC 6455
 */
record Case(String number, String section, String title, List<Step> steps) {
  Case {
    steps = List.copyOf(steps);
  }

  /** A case of a client that is connected. */
  static Case of(String title) {
    return of(title, new Step.Upgrade(Request.GOOD));
  }

  /** A case that begins otherwise. */
  static Case of(String title, Step first) {
    return new Case("", "", title, List.of(first));
  }

  /** All of it in one write. */
  Case sends(byte[]... frames) {
    return inPieces(Integer.MAX_VALUE, frames);
  }

  /** In so many bytes a write. */
  Case inPieces(int piece, byte[]... frames) {
    return then(new Step.Send(join(frames), piece));
  }

  Case echoes(String text) {
    return then(new Step.Echo(TEXT, text.getBytes(UTF_8)));
  }

  Case echoes(byte[] binary) {
    return then(new Step.Echo(BINARY, binary));
  }

  Case pongs(byte[]... payloads) {
    return then(new Step.Pongs(List.copyOf(Arrays.asList(payloads))));
  }

  /** The server closes; what follows is discarded, up to a close of the client's. */
  Case fails(int code) {
    return then(new Step.Fail(code));
  }

  /** A close that was sent is answered. */
  Case answered(int code) {
    return then(new Step.Answer(code));
  }

  Case endsStream() {
    return then(new Step.EndOfStream());
  }

  private Case then(Step step) {
    List<Step> more = new ArrayList<>(steps);
    more.add(step);
    return new Case(number, section, title, more);
  }

  Case numbered(String as, String by) {
    return new Case(as, by, title, steps);
  }

  /** What the server says at the end: the code of the close that began first. */
  int closeCode() {
    for (Step step : steps) {
      if (step instanceof Step.Fail(int code)) {
        return code;
      }
      if (step instanceof Step.Answer(int code)) {
        return code;
      }
    }
    return 1000;
  }

  /** How many messages the server's side is to hear. */
  long messages() {
    return steps.stream().filter(Step.Echo.class::isInstance).count();
  }

  @Override
  public String toString() {
    return number + " " + title;
  }
}
