package example.notify;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that shows its token, and then only hears. */
final class Listener implements WebSocket.Listener {
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  Listener(URI uri, String token) {
    HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(uri, this)
        .join()
        .sendText("{\"event\":\"authenticate\",\"data\":{\"token\":\"" + token + "\"}}", true)
        .join();
  }

  /** The next message; null if none comes. */
  String hear() throws InterruptedException {
    return heard.poll(10, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    heard.add(data.toString());
    from.request(1);
    return null;
  }
}
