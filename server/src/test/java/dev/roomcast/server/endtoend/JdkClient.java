package dev.roomcast.server.endtoend;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The client of the JDK. */
final class JdkClient implements WsClient, WebSocket.Listener {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final Consumer<String> onText;
  private final WebSocket socket;
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

  private JdkClient(URI uri, Consumer<String> onText) {
    this.onText = onText;
    socket = HTTP.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  static JdkClient connect(URI uri) {
    return new JdkClient(uri, text -> {});
  }

  /** Tells each text instead of keeping them. */
  static JdkClient connect(URI uri, Consumer<String> onText) {
    return new JdkClient(uri, onText);
  }

  // The JDK's client allows one send at a time.
  @Override
  public synchronized void send(String text) {
    sent = sent.thenCompose(done -> socket.sendText(text, true));
  }

  @Override
  public List<String> received() {
    return received;
  }

  @Override
  public CompletableFuture<Integer> closed() {
    return closed;
  }

  @Override
  public void abort() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      received.add(partial.toString());
      onText.accept(partial.toString());
      partial.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.complete(1006);
  }
}
