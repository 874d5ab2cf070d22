package dev.roomcast.server.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of one of the servers, who writes down what it is told once it is admitted. */
final class Member implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WebSocket socket;
  private final CompletableFuture<String> connected = new CompletableFuture<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<String> texts = new ArrayList<>(); // guarded by the lock

  private Member(URI uri) {
    socket = HTTP.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  /** Who is admitted as a user. */
  static Member of(ClusterServer server, String user) {
    Member member = new Member(server.uri);
    member.says("{\"event\":\"authenticate\",\"data\":{\"token\":\"" + user + "\"}}");
    member.connected.orTimeout(PATIENCE.toSeconds(), SECONDS).join();
    return member;
  }

  /** Its client id. */
  String id() {
    Matcher id = ID.matcher(connected.join());
    if (!id.find()) {
      throw new AssertionError("no id: " + connected.join());
    }
    return id.group(1);
  }

  void says(String text) {
    socket.sendText(text, true).join();
  }

  /** Joins and waits for the answer, which is not written down. */
  Member joins(String room) {
    int before = heard().size();
    says("{\"event\":\"join\",\"data\":{\"rooms\":[\"" + room + "\"]},\"id\":\"j\"}");
    awaitSize(before + 1);
    lock.lock();
    try {
      texts.removeLast();
    } finally {
      lock.unlock();
    }
    return this;
  }

  List<String> heard() {
    lock.lock();
    try {
      return List.copyOf(texts);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for so many messages, and returns them. */
  List<String> awaitSize(int size) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(PATIENCE)
        .until(
            () -> {
              lock.lock();
              try {
                return texts.size() >= size;
              } finally {
                lock.unlock();
              }
            });
    return heard();
  }

  int awaitClose() {
    return closed.orTimeout(PATIENCE.toSeconds(), SECONDS).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      String text = partial.toString();
      partial.setLength(0);
      if (!connected.isDone()) {
        connected.complete(text);
      } else {
        lock.lock();
        try {
          texts.add(text);
        } finally {
          lock.unlock();
        }
      }
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

  @Override
  public void close() {
    socket.abort();
  }
}
