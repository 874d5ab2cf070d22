package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.hook.Transformed;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.cipher.FakeEncryption;
import dev.roomcast.testkit.transport.DelegatingTransport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is encrypted may not be compressed, since its length would tell what is in it: the cipher's
 * and the application's own.
 */
final class CompressionTest {
  @RegisterExtension final World world = new World();
  private final List<String> compressible = new ArrayList<>();
  private final List<String> incompressible = new ArrayList<>();

  /** Writes down what it is asked to prepare. */
  private Transport recording() {
    return new DelegatingTransport(world.transport) {
      @Override
      public PreparedMessage prepare(byte[] utf8, boolean mayBeCompressed) {
        (mayBeCompressed ? compressible : incompressible)
            .add(new String(utf8, StandardCharsets.UTF_8));
        return super.prepare(utf8, mayBeCompressed);
      }
    };
  }

  @Test
  void isForWhatIsClear() {
    world.start(builder -> builder.transport(recording()));
    world.login("ann");
    world.server().everyone().send("news", "clear");
    world.settle();

    assertThat(compressible).last().asString().contains("clear");
    assertThat(incompressible).isEmpty();
  }

  @Test
  void isNotForWhatTheCipherSealed() {
    world.start(builder -> builder.transport(recording()).encryption(new FakeEncryption(false)));
    Person ann = world.login("ann").say("{'event':'handshake','data':{'publicKey':'key-ann'}}");
    world.server().client(ann.id()).send("news");
    world.settle();

    assertThat(ann.wire.received()).last().asString().contains("'encrypted'".replace('\'', '"'));
    assertThat(incompressible).containsExactly(ann.wire.received().getLast());
  }

  @Test
  void isNotForWhatTheTransformerYields() {
    world.start(
        builder ->
            builder
                .transport(recording())
                .outboundTransformer(
                    (client, event, data) ->
                        CompletableFuture.completedFuture(Transformed.replaced("hidden", data))));
    Person ann = world.login("ann");
    world.await(world.server().enableClientEncryption(ann.id()));
    world.server().client(ann.id()).send("news", 1);
    world.settle();

    assertThat(incompressible).containsExactly(Person.json("{'event':'hidden','data':1}"));
  }
}
