package dev.roomcast.simulation;

import dev.roomcast.core.audience.Client;
import dev.roomcast.core.hook.ConnectRequest;
import dev.roomcast.core.hook.EncryptionHandshake;
import dev.roomcast.core.hook.KeyExchange;
import dev.roomcast.core.hook.OutboundTransformer;
import dev.roomcast.core.hook.Transformed;
import dev.roomcast.port.codec.Json;
import dev.roomcast.testkit.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An application's own handshake and transformer, which by chance take their time, hang, come too
 * late or fail in every way there is. What they yield hides the message, but for who knows base64.
 */
final class FaultyExchange implements EncryptionHandshake, OutboundTransformer<String> {
  static final String HIDDEN = "{\"event\":\"hidden\",\"data\":\"";

  private final VirtualTime time;

  FaultyExchange(VirtualTime time) {
    this.time = time;
  }

  static String revealed(String text) {
    String base64 = text.substring(HIDDEN.length(), text.indexOf('"', HIDDEN.length()));
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  @Override
  public Optional<KeyExchange> exchange(ConnectRequest request, String userId, Json data) {
    switch (time.chance(14)) {
      case 0 -> time.hooks().pause(Duration.ofMinutes(10));
      case 1 -> throw new IllegalStateException("told to throw");
      case 2 -> throw new AssertionError("told to crash");
      case 3 -> {
        return Optional.empty();
      }
      case 4 -> {
        return null;
      }
      case 5 -> time.hooks().pause(Duration.ofMillis(time.chance(2_000)));
      default -> {}
    }
    return Optional.of(new KeyExchange("key", "salt"));
  }

  @Override
  public CompletionStage<Transformed> transform(Client<String> client, String event, Json data) {
    return switch (time.chance(120)) {
      case 0 -> throw new IllegalStateException("told to throw");
      case 1 -> throw new AssertionError("told to crash");
      case 2 -> null;
      case 3 -> CompletableFuture.completedFuture(null);
      case 4 -> CompletableFuture.failedFuture(new IllegalStateException("told to fail"));
      case 5 -> new CompletableFuture<>();
      case 6 -> CompletableFuture.completedFuture(Transformed.replaced("hidden", cyclic()));
      // By then the session is over, and in the clear it must not go.
      case 7 -> after(6_000, Transformed.asIs());
      case 8 -> after(6_000, hidden(event, data));
      case 9 -> {
        time.hooks().pause(Duration.ofSeconds(20));
        yield CompletableFuture.completedFuture(Transformed.asIs());
      }
      default ->
          time.chance(3) == 0
              ? after(time.chance(50), hidden(event, data))
              : CompletableFuture.completedFuture(hidden(event, data));
    };
  }

  private CompletionStage<Transformed> after(int millis, Transformed result) {
    CompletableFuture<Transformed> later = new CompletableFuture<>();
    time.newLane("transformation")
        .executeAfter(Duration.ofMillis(millis), () -> later.complete(result));
    return later;
  }

  private static Transformed hidden(String event, Json data) {
    String text = "{\"event\":\"" + event + "\",\"data\":" + data + "}";
    return Transformed.replaced(
        "hidden", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Object> cyclic() {
    List<Object> cyclic = new ArrayList<>();
    cyclic.add(cyclic);
    return cyclic;
  }
}
