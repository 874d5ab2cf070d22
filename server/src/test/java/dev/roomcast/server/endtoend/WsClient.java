package dev.roomcast.server.endtoend;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A WebSocket client that is not ours, as little of it as the tests need. */
interface WsClient extends AutoCloseable {
  void send(String text);

  /** What came so far, in order; grows. */
  List<String> received();

  /** Completes with the close code. */
  CompletableFuture<Integer> closed();

  /** Ends the connection without a closing handshake. */
  void abort();

  @Override
  default void close() {
    abort();
  }
}
