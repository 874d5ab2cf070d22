package dev.roomcast.simulation;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.RoomServerBuilder;
import dev.roomcast.core.audience.Audience;
import dev.roomcast.core.audience.Client;
import dev.roomcast.port.codec.Json;
import dev.roomcast.simulation.Operation.Disconnect;
import dev.roomcast.simulation.Operation.Encrypt;
import dev.roomcast.simulation.Operation.Join;
import dev.roomcast.simulation.Operation.Leave;
import dev.roomcast.simulation.Operation.Send;
import dev.roomcast.testkit.cipher.FakeEncryption;
import dev.roomcast.testkit.transport.SimulatedTransport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One life of one server, and everything that is asked of it. */
final class ServerNode {
  /** The event of a numbered message. */
  static final String MESSAGE = "m";

  /** Small, so that clients that do not read are over it soon. */
  private static final int BACKPRESSURE_LIMIT = 16 * 1024;

  /** Small, so that reading pauses. */
  private static final int MAILBOX = 3;

  private static final int FIRST_PORT = 10_000;

  private final Services services;
  private final Origin origin;
  private final SimulatedTransport transport;
  private final Transformer transformer;
  private final RoomServer<String> server;
  private final List<Member> members = new ArrayList<>();
  private boolean running = true;
  private @Nullable CompletableFuture<Void> ended;

  ServerNode(Services services, String name) {
    this.services = services;
    origin = new Origin(name, services.network().newBus());
    transport = new SimulatedTransport(services.time(), services.setup().loops());
    transformer = new Transformer(services, this);
    server = build(new Application(services, this), name);
    server.start();
  }

  private RoomServer<String> build(Application application, String name) {
    Setup setup = services.setup();
    RoomServerBuilder<String> builder =
        RoomServer.<String>builder()
            .transport(transport)
            .codec(services.codec())
            .time(services.time())
            .ids(services.ids())
            .hookExecutor(services.time().hooks())
            .housekeeping(services.time().newLoop(name + "/housekeeping"))
            .authenticator(Json.class, application::authenticate)
            .rooms(application::allowed)
            .reply("act", Json.class, application::act)
            .onLoop("act-now", Json.class, application::act)
            .onConnected(application::connected)
            .onDisconnected(application::disconnected)
            .outboundTransformer(transformer)
            .options(
                options ->
                    options
                        .name(name)
                        .mailbox(MAILBOX, 1024 * 1024)
                        .defaultRooms(World.DEFAULT_ROOMS)
                        .encryptedBatchLimit(Transformer.BATCH_LIMIT)
                        .backpressureLimit(BACKPRESSURE_LIMIT)
                        .closeOnBackpressureLimit(!setup.dropsForSlow())
                        .subscribeByInterest(setup.byInterest()));
    if (setup.nodes() > 1) {
      builder.bus(origin.bus());
    }
    switch (setup.encryption()) {
      case OPTIONAL -> builder.encryption(new FakeEncryption(/* required= */ false));
      case BUILT_IN_REQUIRED -> builder.encryption(new FakeEncryption(/* required= */ true));
      case OWN_REQUIRED ->
          builder
              .handshake(application::exchange)
              .options(options -> options.requireEncryption(true));
    }
    return builder.build();
  }

  RoomServer<String> server() {
    return server;
  }

  SimulatedTransport transport() {
    return transport;
  }

  Origin origin() {
    return origin;
  }

  boolean running() {
    return running;
  }

  /** How many transformations will never end. */
  int hung() {
    return transformer.hung();
  }

  Member connect(String name) {
    var client = transport.connect();
    Reader reader = new Reader(services.codec(), client, "key-" + name);
    Member member = new Member(name, this, client, reader, services.time().nanoTime());
    members.add(member);
    return member;
  }

  /** The simulated transport gives its clients one port after the other. */
  Member memberAt(InetSocketAddress remote) {
    return members.get(remote.getPort() - FIRST_PORT);
  }

  List<Member> members() {
    return members;
  }

  /** What the server says of a client, while it has it. */
  Optional<Client<String>> find(Member member) {
    return server.clients().stream()
        .filter(client -> memberAt(client.remoteAddress()) == member)
        .findFirst();
  }

  void shutDown() {
    running = false;
    CompletionStage<Void> stage = server.shutdown();
    ended = stage.toCompletableFuture();
    services.promises().add(Promise.of("the shutdown of " + origin, stage));
  }

  /** Whether it is shutting down, which may take as long as a close. */
  boolean ending() {
    return ended != null && !ended.isDone();
  }

  /** Learns from what was handed over to clients what has happened for sure. */
  void observe() {
    for (Member member : services.model().members()) {
      for (Received received : member.reader().more()) {
        String id = received.id();
        if (received.event().equals("connected")) {
          member.id(received.text("id"));
          member.admit();
          services.model().changed(member, member);
        } else if (id != null && received.event().equals("join")) {
          member.rooms().values().forEach(fact -> fact.answered(member, id));
        }
      }
    }
  }

  /** Does something, on the thread of the caller, and tells the model of it before. */
  void perform(Operation operation) {
    if (!running) {
      return;
    }
    observe();
    switch (operation) {
      case Send(Target to, List<Integer> except, boolean here) ->
          audience(to).ifPresent(audience -> send(audience, to, except, here));
      case Join(Target who, int room) ->
          audience(who).ifPresent(audience -> move(audience, who, World.room(room), true));
      case Leave(Target who, int room) ->
          audience(who).ifPresent(audience -> move(audience, who, World.room(room), false));
      case Disconnect(Target who) ->
          audience(who)
              .ifPresent(
                  audience -> {
                    services.note("  " + origin + " disconnects " + who);
                    services.model().disconnecting(origin, who);
                    audience.disconnect();
                  });
      case Encrypt(int client) -> encrypt(client);
    }
  }

  private void send(Audience<String> audience, Target to, List<Integer> except, boolean here) {
    Set<Member> excluded = new LinkedHashSet<>();
    for (int client : except) {
      Member member = services.model().member(client);
      if (member != null && id(member) != null) {
        excluded.add(member);
      }
    }
    Sent message = services.model().sending(origin, to, excluded, here);
    services.note("  " + message + (excluded.isEmpty() ? "" : " except " + excluded));
    Audience<String> rest =
        audience.except(excluded.stream().map(ServerNode::id).map(String::valueOf).toList());
    var delivery = (here ? rest.here() : rest).send(MESSAGE, payload(message.number()));
    Range reached = new Range(members, message::expected);
    services
        .promises()
        .add(
            new Promise<>(
                "the report of " + message,
                delivery.report(),
                report ->
                    !running
                        || (report != null && reached.has(report.queued() + report.dropped()))));
  }

  /** Small as a rule; large ones fill the queues of clients that do not read. */
  Map<String, Object> payload(int number) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("n", number);
    payload.put("p", "x".repeat(services.time().chance(4) == 0 ? 3000 : 10));
    return payload;
  }

  private void move(Audience<String> audience, Target who, String room, boolean in) {
    services.note("  " + origin + (in ? " joins " : " leaves ") + who + ", " + room);
    Range concerned = new Range(members, member -> services.model().meant(who, member, origin));
    services.model().moving(origin, who, room, in);
    var done = in ? audience.join(room) : audience.leave(room);
    promise((in ? "joining " : "leaving ") + room + ", " + who, done, concerned);
  }

  private void encrypt(int client) {
    Member member = services.model().member(client);
    String id = member == null ? null : id(member);
    if (member == null || id == null || member.home() != this) {
      return;
    }
    services.note("  " + origin + " encrypts " + member);
    Certainty here = services.model().meant(new Target.ToEveryone(), member, origin);
    member.encrypt(services.model().nextNumber(), here);
    var done = server.enableClientEncryption(id);
    promise("the encryption of " + member, done, new Range(List.of(member), one -> here));
  }

  // A stage that tells whether anybody was concerned.
  private void promise(String what, CompletionStage<Boolean> stage, Range concerned) {
    services
        .promises()
        .add(
            new Promise<>(what, stage, any -> !running || concerned.has(Boolean.TRUE.equals(any))));
  }

  private Optional<Audience<String>> audience(Target target) {
    return switch (target) {
      case Target.ToEveryone everyone -> Optional.of(server.everyone());
      case Target.ToUser(int user) -> Optional.of(server.user(World.user(user)));
      case Target.ToRoom(int room) -> Optional.of(server.room(World.room(room)));
      case Target.ToClient(int client) -> id(client).map(server::client);
      case Target.ToNamed(int client) -> id(client).map(server::named);
    };
  }

  private Optional<String> id(int client) {
    return Optional.ofNullable(services.model().member(client)).map(ServerNode::id);
  }

  /** A client's id as the application learns it: from the authenticator, or by looking it up. */
  static @Nullable String id(Member member) {
    if (member.id() == null) {
      member.home().find(member).map(Client::id).ifPresent(member::id);
    }
    return member.id();
  }
}
