package dev.roomcast.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody at the other end of a connection: the JDK's client, one message after the other. */
final class Person implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** How a connection ended. */
  record End(int code, String reason) {}

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  private Person(HttpClient http, URI uri) {
    socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  static Person connected(URI uri) {
    return new Person(HTTP, uri);
  }

  /** Who has got as far as {@code connected}. */
  static Person authenticated(URI uri, String token) throws InterruptedException {
    return authenticated(HTTP, uri, token);
  }

  /** The same through a client of one's own. */
  static Person authenticated(HttpClient http, URI uri, String token) throws InterruptedException {
    Person person = new Person(http, uri);
    person.authenticate(token);
    String first = person.hears();
    if (!first.startsWith("{\"event\":\"connected\"")) {
      throw new AssertionError("expected connected: " + first);
    }
    return person;
  }

  void authenticate(String token) {
    says("{\"event\":\"authenticate\",\"data\":{\"type\":\"Bearer\",\"token\":\"" + token + "\"}}");
  }

  void says(String text) {
    socket.sendText(text, true).join();
  }

  /** The next message. */
  String hears() throws InterruptedException {
    String text = texts.poll(20, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("no message came");
    }
    return text;
  }

  /** Says something and returns the next message. */
  String asks(String text) throws InterruptedException {
    says(text);
    return hears();
  }

  /** Joins a room and returns the server's answer. */
  String joins(String room) throws InterruptedException {
    return asks("{\"event\":\"join\",\"data\":{\"rooms\":[\"" + room + "\"]},\"id\":\"j\"}");
  }

  End ends() throws Exception {
    return end.get(20, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      texts.add(partial.toString());
      partial.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    end.complete(new End(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    end.complete(new End(1006, String.valueOf(error)));
  }

  @Override
  public void close() {
    socket.abort();
  }
}
