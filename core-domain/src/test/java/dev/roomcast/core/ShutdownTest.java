package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.roomcast.core.World.Login;
import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportException;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.testkit.bus.InMemoryBus;
import dev.roomcast.testkit.bus.InMemoryBusNetwork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The protocol's section 1.6: no new connections, queues flushed, 1001, hooks, bus left. */
final class ShutdownTest {
  private static final CloseStatus GOING = new CloseStatus(1001, "Server shutting down");

  @RegisterExtension final World world = new World();

  @Test
  void flushesWhatIsQueuedAndClosesEverybody() {
    world.start();
    Person ann = world.loginOn(0, "ann");
    Person bob = world.loginOn(1, "bob");
    IntStream.range(0, 100).forEach(i -> world.server().everyone().send("m", i));
    world.await(world.server().shutdown());

    for (Person person : List.of(ann, bob)) {
      assertThat(person.hears()).hasSize(100);
      assertThat(person.closed()).contains(GOING);
      assertThat(world.goodbyeTo(person).cause())
          .isEqualTo(new Disconnection(1001, "Server shutting down", true));
    }
  }

  @Test
  void closesWhoIsNotAdmittedYet() {
    world.start(
        builder ->
            builder.authenticator(
                Login.class,
                (login, request) -> {
                  world.time.hooks().pause(Duration.ofSeconds(1));
                  return World.authenticate(login);
                }));
    Person mute = world.connect();
    Person authenticating = world.connect().say("{'event':'authenticate'}");
    world.await(world.server().shutdown());

    assertThat(mute.closed()).contains(GOING);
    assertThat(authenticating.closed()).contains(GOING);
    assertThat(world.goodbyes)
        .extracting(World.Goodbye::cause)
        .containsOnly(new Disconnection(1001, "Server shutting down", false))
        .hasSize(2);
  }

  @Test
  void acceptsNobodyAnyMore() {
    world.start();
    var done = world.server().shutdown();
    var late = world.transport.connect();
    world.await(done);

    assertThat(late.opened()).isFalse();
    assertThat(late.rejection().map(Verdict.Reject::status)).contains(503);
  }

  @Test
  void waitsForDisconnectedHooks() {
    world.start(
        builder ->
            builder.onDisconnected(
                (client, cause) -> {
                  world.time.hooks().pause(Duration.ofSeconds(2));
                  world.goodbyes.add(new World.Goodbye(client, cause));
                }));
    world.login("ann");
    CompletionStage<Void> done = world.server().shutdown();
    world.pass(Duration.ofMillis(1_900));
    assertThat(done.toCompletableFuture()).isNotDone();
    world.pass(Duration.ofMillis(200));

    assertThat(done.toCompletableFuture()).isDone();
    assertThat(world.goodbyes).hasSize(1);
  }

  @Test
  void cutsOffWhatTakesTooLong() {
    world.start(
        builder ->
            builder.onDisconnected(
                (client, cause) -> world.time.hooks().pause(Duration.ofMinutes(1))));
    world.login("ann");
    CompletionStage<Void> done = world.server().shutdown();
    world.pass(Duration.ofMillis(5_900));
    assertThat(done.toCompletableFuture()).isNotDone();
    world.pass(Duration.ofMillis(200));

    assertThat(done.toCompletableFuture()).isDone();
  }

  @Test
  void endsWhoDoesNotAnswerTheCloseByForce() {
    world.start();
    Person ann = world.login("ann");
    ann.wire.ignoreCloses();
    CompletionStage<Void> done = world.server().shutdown();
    world.pass(Duration.ofSeconds(4));
    assertThat(done.toCompletableFuture()).isNotDone();
    world.pass(Duration.ofSeconds(2));

    assertThat(done.toCompletableFuture()).isDone();
    assertThat(world.goodbyes).hasSize(1);
  }

  @Test
  void isIdempotent() {
    world.start();
    world.login("ann");
    CompletionStage<Void> first = world.server().shutdown();
    CompletionStage<Void> second = world.server().shutdown();
    world.await(first);
    world.await(second);
    world.await(world.server().shutdown());

    assertThat(world.goodbyes).hasSize(1);
  }

  @Test
  void cannotBeEndedByWhoWaitsForIt() {
    world.start();
    world.login("ann").wire.ignoreCloses();
    world.server().shutdown().toCompletableFuture().complete(null);

    assertThat(world.server().shutdown().toCompletableFuture()).isNotDone();
  }

  @Test
  void refusesToSendAfterwards() {
    world.start();
    world.await(world.server().shutdown());

    assertThatIllegalStateException()
        .isThrownBy(() -> world.server().everyone().send("x"))
        .withMessageContaining("has ended");
    assertThatIllegalStateException().isThrownBy(() -> world.server().client("x").join("room"));
    assertThatIllegalStateException().isThrownBy(() -> world.server().everyone().disconnect());
    assertThat(world.server().everyone().clients()).isEmpty();
  }

  @Test
  void completesWhatWasAskedForBetween() {
    world.start();
    Person ann = world.loginOn(0, "ann");
    var sent = world.server().everyone().send("m").report();
    var done = world.server().shutdown();
    var joined = world.server().client(ann.id()).join("room");
    var left = world.server().everyone().leave("room");
    world.await(done);

    assertThat(world.await(sent).queued()).isEqualTo(1);
    assertThat(world.await(joined)).isNotNull();
    assertThat(world.await(left)).isNotNull();
    assertThat(world.server().rooms()).isEmpty();
  }

  @Test
  void endsAServerThatWasNeverStarted() {
    RoomServer<String> server = world.builder().build();
    world.await(server.shutdown());

    assertThatIllegalStateException().isThrownBy(server::start);
  }

  @Test
  void startsOnce() {
    world.start();

    assertThatIllegalStateException()
        .isThrownBy(() -> world.server().start())
        .withMessageContaining("started before");
  }

  @Test
  void leavesTheBus() {
    InMemoryBus bus = InMemoryBusNetwork.on(world.time).newBus();
    world.start(builder -> builder.bus(bus));
    world.await(world.server().shutdown());

    assertThat(bus.publish("ws:broadcast", new byte[0]).toCompletableFuture())
        .isCompletedExceptionally();
  }

  @Test
  void leavesTheBusWhereTheTransportCannotStart() {
    InMemoryBus bus = InMemoryBusNetwork.on(world.time).newBus();
    RoomServer<String> server =
        world
            .builder()
            .bus(bus)
            .transport(
                new BrokenTransport() {
                  @Override
                  public TransportAddress start(TransportContext context) {
                    throw new TransportException("port 80 is in use", null);
                  }
                })
            .build();

    Assertions.assertThatThrownBy(server::start).hasMessage("port 80 is in use");
    assertThat(bus.publish("ws:broadcast", new byte[0]).toCompletableFuture())
        .isCompletedExceptionally();
    assertThatIllegalStateException().isThrownBy(() -> server.everyone().send("x"));
    world.await(server.shutdown());
  }

  @Test
  void leavesTheBusWhereTheTransportCannotEnd() {
    InMemoryBus bus = InMemoryBusNetwork.on(world.time).newBus();
    RoomServer<String> server =
        world
            .builder()
            .bus(bus)
            .transport(
                new BrokenTransport() {
                  @Override
                  public void close() {
                    throw new IllegalStateException("a fault of the transport");
                  }
                })
            .build();
    var unused = server.start();
    world.await(server.shutdown());

    assertThat(bus.publish("ws:broadcast", new byte[0]).toCompletableFuture())
        .isCompletedExceptionally();
    assertThat(world.takeErrors())
        .containsExactly("the transport of server roomcast did not end in order");
  }

  @Test
  void doesNotStartWithoutItsBus() {
    InMemoryBusNetwork network = InMemoryBusNetwork.on(world.time);
    network.reachable(false);
    RoomServer<String> server = world.builder().bus(network.newBus()).build();

    Assertions.assertThatThrownBy(server::start).isInstanceOf(BusException.class);
    assertThat(world.count(Signal.CONNECTION_OPENED)).isZero();
    world.await(server.shutdown());
  }

  /** A transport that has nothing to carry. */
  private abstract static class BrokenTransport implements Transport {
    @Override
    public TransportAddress start(TransportContext context) {
      return new TransportAddress(java.net.URI.create("ws://nowhere.invalid"));
    }

    @Override
    public PreparedMessage prepare(byte[] utf8, boolean compressible) {
      return () -> utf8.length;
    }

    @Override
    public void stopAccepting() {}

    @Override
    public void close() {}
  }

  @Test
  void letsDisconnectedHooksSendWhileItDrains() {
    var server = new java.util.concurrent.atomic.AtomicReference<RoomServer<String>>();
    var sent = new java.util.ArrayList<Boolean>();
    world.start(
        builder ->
            builder.onDisconnected(
                (client, cause) ->
                    sent.add(server.get().everyone().send("left").report() != null)));
    server.set(world.server());
    Person unusedAnn = world.login("ann");
    world.await(world.server().shutdown());

    assertThat(sent).containsExactly(true);
  }
}
