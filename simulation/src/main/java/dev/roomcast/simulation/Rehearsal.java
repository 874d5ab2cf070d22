package dev.roomcast.simulation;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.RoomServerBuilder;
import dev.roomcast.testkit.id.SequentialIds;
import dev.roomcast.testkit.time.VirtualTime;
import dev.roomcast.testkit.transport.SimulatedClient;
import dev.roomcast.testkit.transport.SimulatedTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An application's own server, with its own hooks, on virtual time and without sockets: loops,
 * hooks and timers run as steps of one thread, in an order that the seed decides. The same seed,
 * hooks and steps give the same run. Hooks that wait do so by {@code
 * time().hooks().pause(duration)}; one that blocks its thread would block the world.
 *
 * <p>What must hold of every server is checked on the way: that rooms, users and sessions agree, at
 * the end that nothing is left of anybody. What the application promises is the test's to check.
 *
 * <p>Not thread-safe; a rehearsal belongs to the thread that made it.
 *
 * @param <M> the application's metadata
 */
public final class Rehearsal<M> implements AutoCloseable {
  private static final int LOOPS = 2;

  /** Longer than any close and time-out of its defaults. */
  private static final Duration FOR_EVERY_DEADLINE = Duration.ofMinutes(10);

  private final VirtualTime time;
  private final SimulatedTransport transport;
  private final RoomServer<M> server;
  private final StateInvariants state = new StateInvariants();
  private final List<SimulatedClient> clients = new ArrayList<>();

  private Rehearsal(long seed, RoomServerBuilder<M> application) {
    time = VirtualTime.seeded(seed);
    transport = new SimulatedTransport(time, LOOPS);
    server =
        application
            .transport(transport)
            .time(time)
            .ids(new SequentialIds())
            .hookExecutor(time.hooks())
            .housekeeping(time.newLoop("housekeeping"))
            .build();
    var unused = server.start();
    settle();
  }

  /**
   * Builds and starts a server.
   *
   * @param seed decides how loops, hooks and clients interleave
   * @param application with codec, hooks and options; transport, clock, ids and threads are
   *     replaced
   */
  public static <M> Rehearsal<M> of(long seed, RoomServerBuilder<M> application) {
    return new Rehearsal<>(seed, application);
  }

  /** The server, as the application has it. */
  public RoomServer<M> server() {
    return server;
  }

  /** The time of this world; moved by {@link #pass}. */
  public VirtualTime time() {
    return time;
  }

  /** Everyone who connected, in that order, also those who are gone. */
  public List<SimulatedClient> clients() {
    return List.copyOf(clients);
  }

  /** Connects a client; that and what it says happens in the steps to come. */
  public SimulatedClient connect() {
    SimulatedClient client = transport.connect();
    clients.add(client);
    return client;
  }

  /**
   * Makes steps happen, with much under way from one to the next, then {@link #settle}s.
   *
   * @throws AssertionError if what must hold of every server is broken
   */
  public void perform(List<Step> steps) {
    for (Step step : steps) {
      perform(step);
      for (int i = time.chance(12); i > 0 && time.step(); i--) {}
      state.check(server, transport);
    }
    settle();
  }

  private void perform(Step step) {
    switch (step) {
      case Step.Connect connect -> connect();
      case Step.Say(int client, String text) -> with(client, one -> one.send(text));
      case Step.Close(int client) -> with(client, one -> one.close(1000));
      case Step.Vanish(int client) -> with(client, SimulatedClient::vanish);
      case Step.Block(int client) -> with(client, SimulatedClient::block);
      case Step.Unblock(int client) -> with(client, SimulatedClient::unblock);
      case Step.Pass(int millis) -> pass(Duration.ofMillis(millis));
    }
  }

  private void with(int client, Consumer<SimulatedClient> what) {
    if (!clients.isEmpty()) {
      what.accept(clients.get(Math.floorMod(client, clients.size())));
    }
  }

  /** Runs everything that is due now, hooks included; time stands still. */
  public void settle() {
    time.runUntilIdle();
    state.check(server, transport);
  }

  /** Lets time pass, and runs what falls due on the way. */
  public void pass(Duration duration) {
    time.advance(duration);
    state.check(server, transport);
  }

  /**
   * Everyone leaves and the server shuts down.
   *
   * @throws AssertionError if something of anybody is left
   */
  @Override
  public void close() {
    clients.forEach(SimulatedClient::vanish);
    time.advance(FOR_EVERY_DEADLINE);
    state.checkEmpty(server);
    state.checkForgotten(server);
    time.await(server.shutdown(), FOR_EVERY_DEADLINE);
  }
}
