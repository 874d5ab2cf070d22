package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.hook.OutboundTransformer;
import dev.roomcast.core.hook.Transformed;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.transport.CloseStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the tests of the application's own encryption stand on: the protocol, sections 1.7 and 1.8.
 */
abstract class TransformerFixture {
  static final CloseStatus REQUIRED = new CloseStatus(4004, "Encryption required");

  /** Says what it was given, so that plaintext is never mistaken for it. */
  static final OutboundTransformer<String> AT_ONCE =
      (client, event, data) -> CompletableFuture.completedFuture(hidden(event, data));

  @RegisterExtension final World world = new World();

  /** How many transformations of {@link #taking} run now, and how many did at once. */
  int running;

  int most;

  static Transformed hidden(String event, Json data) {
    return Transformed.replaced("hidden", event + " " + data);
  }

  void start(OutboundTransformer<String> transformer) {
    start(transformer, builder -> {});
  }

  void start(OutboundTransformer<String> transformer, Consumer<RoomServerBuilder<String>> change) {
    world.start(
        builder -> {
          builder.outboundTransformer(transformer);
          change.accept(builder);
        });
  }

  Person encrypted(String user) {
    Person person = world.login(user);
    assertThat(world.await(world.server().enableClientEncryption(person.id()))).isTrue();
    return person;
  }

  OutboundTransformer<String> taking(Duration time) {
    return (client, event, data) -> {
      running++;
      most = Math.max(most, running);
      world.time.hooks().pause(time);
      running--;
      return CompletableFuture.completedFuture(hidden(event, data));
    };
  }
}
