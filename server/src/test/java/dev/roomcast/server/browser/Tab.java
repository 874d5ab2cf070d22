package dev.roomcast.server.browser;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** One tab of a {@link Chromium}: evaluates JavaScript in its page. */
final class Tab implements WebSocket.Listener {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<Integer, CompletableFuture<Map<?, ?>>> open = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  Tab(HttpClient http, URI debugger) {
    socket = http.newWebSocketBuilder().buildAsync(debugger, this).join();
  }

  /** The value of an expression, which may be a promise. */
  Object evaluate(String expression) {
    Map<?, ?> answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    Map<?, ?> outcome = (Map<?, ?>) answer.get("result");
    if (outcome == null || outcome.containsKey("exceptionDetails")) {
      throw new AssertionError(expression + " failed: " + answer);
    }
    return ((Map<?, ?>) outcome.get("result")).get("value");
  }

  /** Waits until an expression is true. */
  void until(String expression) {
    await(expression).atMost(PATIENCE).until(() -> Boolean.TRUE.equals(evaluate(expression)));
  }

  /** Types into an input, as the page sees it. */
  void fill(String selector, String text) {
    evaluate(
        "{ const e = document.querySelector(%s); e.value = %s; e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true})) }"
            .formatted(quote(selector), quote(text)));
  }

  void click(String selector) {
    evaluate("document.querySelector(%s).click()".formatted(quote(selector)));
  }

  void reload() {
    call("Page.reload", Map.of());
  }

  static String quote(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }

  private Map<?, ?> call(String method, Map<String, ?> parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<Map<?, ?>> answer = new CompletableFuture<>();
    open.put(id, answer);
    String request =
        JsonMapper.shared()
            .writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(request, true).join();
    return answer.orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      Map<?, ?> message = JsonMapper.shared().readValue(partial.toString(), Map.class);
      partial.setLength(0);
      if (message.get("id") instanceof Integer id) {
        open.remove(id).complete(message);
      }
    }
    webSocket.request(1);
    return null;
  }
}
