package dev.roomcast.server.endtoend;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;

/** The client of the Java-WebSocket library. */
final class JavaWebSocketClient extends WebSocketClient implements AutoCloseable {
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();

  private final CompletableFuture<String> extensions = new CompletableFuture<>();

  private JavaWebSocketClient(URI uri, Draft draft) {
    super(uri, draft);
  }

  static JavaWebSocketClient to(URI uri) throws InterruptedException {
    return to(uri, new Draft_6455());
  }

  /** One that offers permessage-deflate and compresses whatever it sends. */
  static JavaWebSocketClient compressing(URI uri) throws InterruptedException {
    PerMessageDeflateExtension deflate = new PerMessageDeflateExtension();
    deflate.setThreshold(0);
    return to(uri, new Draft_6455(deflate));
  }

  private static JavaWebSocketClient to(URI uri, Draft draft) throws InterruptedException {
    JavaWebSocketClient client = new JavaWebSocketClient(uri, draft);
    if (!client.connectBlocking()) {
      throw new IllegalStateException("cannot connect to " + uri);
    }
    return client;
  }

  /** What came so far, in order; grows. */
  List<String> received() {
    return received;
  }

  /** Completes with the extensions that were agreed on. */
  CompletableFuture<String> extensions() {
    return extensions;
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
  public void onOpen(ServerHandshake handshake) {
    extensions.complete(handshake.getFieldValue("Sec-WebSocket-Extensions"));
  }

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
