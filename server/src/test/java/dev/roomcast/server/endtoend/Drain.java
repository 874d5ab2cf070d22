package dev.roomcast.server.endtoend;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A member that counts what it gets. */
final class Drain implements WebSocket.Listener {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final AtomicLong characters = new AtomicLong();
  private final WebSocket socket;

  private Drain(URI uri) {
    socket = HTTP.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  /** One that is admitted. */
  static Drain connect(URI uri, String user) {
    Drain drain = new Drain(uri);
    drain.send(TestServer.authenticate(user));
    drain.connected.join();
    return drain;
  }

  void send(String text) {
    socket.sendText(text, /* last= */ true).join();
  }

  /** How many characters of messages came since the last {@link #reset}. */
  long characters() {
    return characters.get();
  }

  void reset() {
    characters.set(0);
  }

  void abort() {
    socket.abort();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    characters.addAndGet(data.length());
    connected.complete(null);
    from.request(1);
    return null;
  }
}
