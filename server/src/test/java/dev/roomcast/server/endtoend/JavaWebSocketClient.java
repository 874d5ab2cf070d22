package dev.roomcast.server.endtoend;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;

/** The client of the Java-WebSocket library. */
final class JavaWebSocketClient extends WebSocketClient implements AutoCloseable {
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();

  private JavaWebSocketClient(URI uri) {
    super(uri);
  }

  static JavaWebSocketClient to(URI uri) throws InterruptedException {
    JavaWebSocketClient client = new JavaWebSocketClient(uri);
    if (!client.connectBlocking()) {
      throw new IllegalStateException("cannot connect to " + uri);
    }
    return client;
  }

  /** What came so far, in order; grows. */
  List<String> received() {
    return received;
  }

  /** Completes with the close code. */
  CompletableFuture<Integer> closed() {
    return closed;
  }

  @Override
  public void close() {
    closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
  }

  @Override
  public void onOpen(ServerHandshake handshake) {}

  @Override
  public void onMessage(String message) {
    received.add(message);
  }

  @Override
  public void onClose(int code, String reason, boolean remote) {
    closed.complete(code);
  }

  @Override
  public void onError(Exception error) {
    closed.complete(CloseFrame.ABNORMAL_CLOSE);
  }
}
