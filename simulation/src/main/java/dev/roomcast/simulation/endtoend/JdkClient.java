package dev.roomcast.simulation.endtoend;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The JDK's WebSocket client, as little of it as the contract needs. Thread-safe. */
final class JdkClient implements WebSocket.Listener, AutoCloseable {

  /** How a connection ended, as this client saw it; 1006 where it broke. */
  record Closed(int code, String reason) {}

  private final Consumer<String> onText;
  private final WebSocket socket;
  private final CompletableFuture<Closed> closed = new CompletableFuture<>();

  /** Confined to the listener's calls, which come one after the other. */
  private final StringBuilder partial = new StringBuilder();

  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile boolean reading = true;
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

  private JdkClient(HttpClient http, URI uri, Consumer<String> onText) {
    this.onText = onText;
    socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  /** Connects, and keeps what comes. */
  static JdkClient connect(HttpClient http, URI uri) {
    return new JdkClient(http, uri, text -> {});
  }

  /**
   * Connects, and tells each text besides.
   *
   * @param onText never called by two threads at once
   */
  static JdkClient connect(HttpClient http, URI uri, Consumer<String> onText) {
    return new JdkClient(http, uri, onText);
  }

  // The JDK's client allows one send at a time.
  synchronized void send(String text) {
    sent = sent.thenCompose(done -> socket.sendText(text, true));
  }

  synchronized void sendBinary(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    sent = sent.thenCompose(done -> socket.sendBinary(bytes, true));
  }

  /** Begins the closing handshake. */
  synchronized void close(int code, String reason) {
    sent = sent.thenCompose(done -> socket.sendClose(code, reason));
  }

  /** Reads at most one more message. */
  void stopReading() {
    reading = false;
  }

  void readOn() {
    reading = true;
    socket.request(1);
  }

  /** The texts that came so far, in order; grows. */
  List<String> received() {
    return received;
  }

  CompletableFuture<Closed> closed() {
    return closed;
  }

  /** Ends the connection without a closing handshake. */
  @Override
  public void close() {
    socket.abort();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      String text = partial.toString();
      partial.setLength(0);
      received.add(text);
      onText.accept(text);
    }
    if (reading || !last) {
      from.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(new Closed(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(new Closed(1006, ""));
  }
}
