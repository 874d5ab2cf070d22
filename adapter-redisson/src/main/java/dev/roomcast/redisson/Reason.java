package dev.roomcast.redisson;

import dev.roomcast.port.bus.BusException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.redisson.client.RedisException;

/**
 * Why something failed, in words that may be shown: without what was published, and without
 * passwords. Pure.
 */
final class Reason {
  /** Redisson adds its channel and the command to what Redis answered, payload and all. */
  private static final String ADDED = ". channel: [";

  /** Redis itself quotes the arguments of a command that it does not know. */
  private static final String QUOTED = ", with args beginning with";

  private Reason() {}

  /**
   * Why Redis did not take a message: its answer, where it gave one; otherwise the kind of failure,
   * since Redisson's own messages may quote what was published.
   */
  static String ofPublishing(Throwable failed) {
    Throwable kind = failed;
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof RedisException
          && cause.getMessage() != null
          && cause.getMessage().contains(ADDED)) {
        return answer(cause.getMessage());
      }
      if (kind instanceof Line.Disconnected) {
        kind = cause;
      }
    }
    return kind.getClass().getSimpleName();
  }

  /** Why Redis cannot be used: what was at the bottom of it. */
  static String ofConnecting(Throwable failed) {
    Throwable root = failed;
    while (root.getCause() != null && !(root instanceof BusException)) {
      root = root.getCause();
    }
    if (isNoAnswerOfRedis(root)) {
      return "what answers there does not speak as Redis does";
    }
    if (root.getMessage() != null) {
      return answer(root.getMessage());
    }
    return root instanceof TimeoutException ? "it did not answer" : root.getClass().getSimpleName();
  }

  /** A duration as people write it, such as "0.5 s". */
  static String seconds(Duration duration) {
    BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), /* scale= */ 3);
    return seconds.stripTrailingZeros().toPlainString() + " s";
  }

  /** Redisson quotes what it cannot read, which may be anything. */
  static boolean isNoAnswerOfRedis(Throwable failed) {
    return String.valueOf(failed.getMessage()).startsWith("Can't decode replay");
  }

  private static String answer(String message) {
    return before(QUOTED, before(ADDED, message));
  }

  private static String before(String mark, String text) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(0, at);
  }
}
