package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.roomcast.core.audience.Client;
import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.observation.CountingObserver;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.testkit.id.SequentialIds;
import dev.roomcast.testkit.time.VirtualTime;
import dev.roomcast.testkit.transport.SimulatedClient;
import dev.roomcast.testkit.transport.SimulatedTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * One server in a simulated world, with two loops. After each test it shuts the server down and
 * checks that nothing of anybody is left, and that nothing was logged as a fault of ours.
 */
final class World implements AfterEachCallback {

  /**
   * What clients authenticate with: any name is a user, none is anonymous.
   *
   * @param token {@code bad} is refused, {@code throws} makes the authenticator throw
   */
  record Login(String user, String token) {}

  /** What the disconnected hook was told. */
  record Goodbye(Client<String> client, Disconnection cause) {}

  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("dev.roomcast");

  final VirtualTime time;
  final SimulatedTransport transport;
  final CountingObserver signals = new CountingObserver();
  final List<Goodbye> goodbyes = new ArrayList<>();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final int space;
  private RoomServer<String> server;

  World() {
    this(VirtualTime.inOrder(), 0);
  }

  /** One of several servers in a world; ids differ from those of other spaces. */
  World(VirtualTime time, int space) {
    this.time = time;
    this.space = space;
    transport = new SimulatedTransport(time, 2);
    log.start();
    LOGGER.addAppender(log);
    LOGGER.setAdditive(false); // what tests provoke is no news
  }

  /** Starts the server with what the test adds to it. */
  RoomServer<String> start(Consumer<RoomServerBuilder<String>> change) {
    RoomServerBuilder<String> builder = builder();
    change.accept(builder);
    server = builder.build();
    var unused = server.start();
    time.runUntilIdle();
    return server;
  }

  RoomServer<String> start() {
    return start(builder -> {});
  }

  /** What every server of these tests is made of. */
  RoomServerBuilder<String> builder() {
    return RoomServer.<String>builder()
        .transport(transport)
        .codec(JacksonCodec.create())
        .authenticator(Login.class, (login, request) -> authenticate(login))
        .onDisconnected((client, cause) -> goodbyes.add(new Goodbye(client, cause)))
        .time(time)
        .ids(new SequentialIds(space))
        .hookExecutor(time.hooks())
        .observer(signals)
        .housekeeping(time.newLoop("housekeeping"));
  }

  static Optional<Admission<String>> authenticate(Login login) {
    if ("throws".equals(login.token())) {
      throw new IllegalArgumentException("secret of the application");
    }
    if ("bad".equals(login.token())) {
      return Optional.empty();
    }
    return Optional.of(
        login.user() == null
            ? Admission.anonymous()
            : Admission.of(login.user(), "metadata of " + login.user()));
  }

  RoomServer<String> server() {
    return server;
  }

  /** A client that is connected and has not said anything. */
  Person connect() {
    return connected(transport.connect());
  }

  /** The same, on a loop of the test's choice. */
  Person connectOn(int loop) {
    return connected(transport.connectOn(loop, "/ws", Map.of()));
  }

  private Person connected(SimulatedClient client) {
    time.runUntilIdle();
    assertThat(client.opened()).as("connected").isTrue();
    return new Person(this, client);
  }

  /** A client that was admitted as a user, and has forgotten what it heard so far. */
  Person login(String user) {
    return connect().login(user);
  }

  Person loginOn(int loop, String user) {
    return connectOn(loop).login(user);
  }

  /** Lets everything happen that is due now. */
  void settle() {
    time.runUntilIdle();
  }

  void pass(Duration duration) {
    time.advance(duration);
  }

  <T> T await(CompletionStage<T> stage) {
    return time.await(stage);
  }

  long count(Signal signal) {
    return signals.sum(signal);
  }

  /** The goodbye to one client; fails unless there was exactly one. */
  Goodbye goodbyeTo(Person person) {
    List<Goodbye> his =
        goodbyes.stream().filter(goodbye -> goodbye.client().id().equals(person.id())).toList();
    assertThat(his).hasSize(1);
    return his.getFirst();
  }

  /** What the core logged as an ERROR since it was last asked; faults of hooks are not its own. */
  List<String> takeErrors() {
    return take(Level.ERROR);
  }

  /** The same for what it logged as a WARN. */
  List<String> takeWarnings() {
    return take(Level.WARN);
  }

  /** What was logged of hooks that failed since anything was last taken, DEBUG apart. */
  List<ILoggingEvent> takeFailuresOfHooks() {
    List<ILoggingEvent> logged =
        log.list.stream()
            .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
            .filter(event -> event.getLoggerName().equals("dev.roomcast.hooks"))
            .toList();
    log.list.clear();
    return logged;
  }

  private List<String> take(Level level) {
    List<String> logged =
        log.list.stream()
            .filter(event -> event.getLevel().equals(level))
            .filter(event -> event.getLoggerName().startsWith("dev.roomcast.core"))
            .map(ILoggingEvent::getFormattedMessage)
            .toList();
    log.list.clear();
    return logged;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    end();
  }

  /** For worlds that a test makes by itself. */
  void end() {
    try {
      if (server != null) {
        shutDownAndCheckThatNothingIsLeft();
      }
      assertThat(takeErrors()).as("errors logged").isEmpty();
    } finally {
      LOGGER.detachAppender(log);
      LOGGER.setAdditive(true);
    }
  }

  private void shutDownAndCheckThatNothingIsLeft() {
    time.await(server.shutdown(), Duration.ofMinutes(1));
    time.advance(Duration.ofMinutes(1));
    assertThat(server.clients()).as("clients left").isEmpty();
    assertThat(server.rooms()).as("rooms left").isEmpty();
    assertThat(server.users()).as("users left").isEmpty();
    assertThat(server.connections()).as("connections left").isZero();
    assertThat(server.unauthenticatedConnections()).as("unauthenticated left").isZero();
    assertThat(transport.connections()).as("open in the transport").isZero();
    assertThat(count(Signal.CONNECTION_CLOSED)).isEqualTo(count(Signal.CONNECTION_OPENED));
  }
}
