package dev.roomcast.redisson;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Writes messages to Redis. One call at a time for what is in one queue: the next begins when the
 * stages are complete.
 */
@FunctionalInterface
interface Line {

  /** What one publish says. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Message(String channel, byte[] payload) {}

  /** There is no connection, or no longer one: what comes next had better wait for a moment. */
  abstract sealed class Disconnected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Disconnected(Throwable cause) {
      super(cause);
    }
  }

  /** Surely nothing was written, so that the message may be written again. */
  final class NotWritten extends Disconnected {
    private static final long serialVersionUID = 1L;

    NotWritten(Throwable cause) {
      super(cause);
    }
  }

  /** The connection was lost before Redis answered; the message was perhaps written. */
  final class Lost extends Disconnected {
    private static final long serialVersionUID = 1L;

    Lost(Throwable cause) {
      super(cause);
    }
  }

  /**
   * Writes messages in this order, each at most once.
   *
   * @return for each how many servers took it; fails with {@link Disconnected} or with what
   *     happened
   */
  List<CompletionStage<Long>> write(List<Message> batch);
}
