package dev.roomcast.simulation;

import dev.roomcast.core.Emitter;
import dev.roomcast.simulation.Action.Act;
import dev.roomcast.simulation.Action.Advance;
import dev.roomcast.simulation.Action.Authenticate;
import dev.roomcast.simulation.Action.Block;
import dev.roomcast.simulation.Action.ClientJoin;
import dev.roomcast.simulation.Action.ClientLeave;
import dev.roomcast.simulation.Action.Close;
import dev.roomcast.simulation.Action.Connect;
import dev.roomcast.simulation.Action.Emit;
import dev.roomcast.simulation.Action.ExchangeKeys;
import dev.roomcast.simulation.Action.Latency;
import dev.roomcast.simulation.Action.LoseBus;
import dev.roomcast.simulation.Action.Nonsense;
import dev.roomcast.simulation.Action.Perform;
import dev.roomcast.simulation.Action.Read;
import dev.roomcast.simulation.Action.Restart;
import dev.roomcast.simulation.Action.RestoreBus;
import dev.roomcast.simulation.Action.Settle;
import dev.roomcast.simulation.Action.Unblock;
import dev.roomcast.simulation.Action.Vanish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Servers on one bus, an emitter and their clients: makes actions happen. */
final class Cluster {
  private final Services services;
  private final List<ServerNode> nodes = new ArrayList<>();
  private final List<ServerNode> everyNode = new ArrayList<>();
  private final @Nullable Origin emitting;
  private final @Nullable Emitter emitter;
  private final Clients clients;

  Cluster(Services services) {
    this.services = services;
    clients = new Clients(services);
    for (int i = 0; i < services.setup().nodes(); i++) {
      nodes.add(newNode());
    }
    if (nodes.size() > 1) {
      emitting = new Origin("emitter", services.network().newBus());
      emitter = Emitter.on(emitting.bus(), services.codec());
      emitter.start();
    } else {
      emitting = null;
      emitter = null;
    }
  }

  private ServerNode newNode() {
    ServerNode node = new ServerNode(services, "node-" + everyNode.size());
    everyNode.add(node);
    return node;
  }

  /** The nodes that run. */
  List<ServerNode> nodes() {
    return nodes;
  }

  /** Every life of every node. */
  List<ServerNode> everyNode() {
    return everyNode;
  }

  private ServerNode node(int number) {
    return nodes.get(Math.floorMod(number, nodes.size()));
  }

  void observe() {
    nodes.getFirst().observe();
  }

  /** Makes an action happen; settling is the caller's. */
  void perform(Action action) {
    observe();
    switch (action) {
      case Connect(int node) -> connect(node(node));
      case Authenticate(int client, Login login) ->
          with(client, member -> clients.authenticate(member, login));
      case ClientJoin(int client, List<Integer> rooms, boolean answered) ->
          with(client, member -> clients.join(member, rooms, answered));
      case ClientLeave(int client, int room) -> with(client, member -> clients.leave(member, room));
      case Act(int client, Script script) -> with(client, member -> clients.act(member, script));
      case ExchangeKeys(int client) -> with(client, clients::exchangeKeys);
      case Nonsense(int client) -> with(client, member -> member.client().send("{"));
      case Close(int client) -> with(client, clients::close);
      case Vanish(int client) -> with(client, clients::vanish);
      case Block(int client) -> with(client, clients::block);
      case Read(int client, int bytes) -> with(client, member -> member.client().read(bytes));
      case Unblock(int client) -> with(client, clients::unblock);
      case Perform(int node, Operation operation) -> node(node).perform(operation);
      case Emit(Target to) -> emit(to);
      case Advance(int millis) -> services.time().advance(Duration.ofMillis(millis));
      case Settle settle -> {}
      case LoseBus(int node) -> loseBus(node(node).origin());
      case RestoreBus(int node) -> node(node).origin().connected(true);
      case Latency(int millis) -> services.network().latency(Duration.ofMillis(millis));
      case Restart(int node) -> restart(Math.floorMod(node, nodes.size()));
    }
  }

  private void with(int client, Consumer<Member> what) {
    Member member = services.model().member(client);
    if (member != null) {
      what.accept(member);
    }
  }

  private void connect(ServerNode node) {
    Member member = node.connect("client-" + services.model().members().size());
    services.note("  " + member + " connects to " + node.origin());
    services.model().connected(member);
  }

  private void loseBus(Origin origin) {
    origin.connected(false);
    services.model().unlinked(origin);
  }

  private void restart(int index) {
    ServerNode old = nodes.get(index);
    for (Member member : old.members()) {
      member.allow(1001);
      member.ended().change(old.origin(), Certainty.YES, true);
      services.model().changed(member, old.origin());
    }
    old.shutDown();
    nodes.set(index, newNode());
  }

  private void emit(Target target) {
    if (emitter == null || emitting == null) {
      return;
    }
    String clientId = "";
    if (target instanceof Target.ToClient(int client)) {
      Member member = services.model().member(client);
      String known = member == null ? null : ServerNode.id(member);
      if (known == null) {
        return;
      }
      clientId = known;
    }
    if (target instanceof Target.ToNamed) {
      return;
    }
    Sent message = services.model().sending(emitting, target, Set.of(), /* here= */ false);
    services.note("  " + message);
    Map<String, Object> payload = nodes.getFirst().payload(message.number());
    String event = ServerNode.MESSAGE;
    var report =
        switch (target) {
          case Target.ToEveryone everyone -> emitter.broadcast(event, payload);
          case Target.ToUser(int user) -> emitter.toUser(World.user(user), event, payload);
          case Target.ToRoom(int room) -> emitter.toRoom(World.room(room), event, payload);
          case Target.ToClient client -> emitter.toClient(clientId, event, payload);
          case Target.ToNamed named -> throw new IllegalStateException("handled above");
        };
    services.promises().add(Promise.of("the report of " + message, report));
  }

  /** Whether every server hears every other. */
  boolean linked() {
    return everyNode.stream().allMatch(node -> node.origin().connected() || !node.running());
  }

  /** Ends what keeps the cluster from settling. */
  void heal() {
    nodes.forEach(node -> node.origin().connected(true));
    services.network().latency(Duration.ZERO);
    services.model().members().forEach(clients::unblock);
  }

  /** Everyone leaves, each in a way of its own. */
  void everyoneLeaves() {
    List<Member> members = services.model().members();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      switch (i % 3) {
        case 0 -> clients.close(member);
        case 1 -> clients.vanish(member);
        default -> member.home().perform(new Operation.Disconnect(new Target.ToClient(i)));
      }
      // Who is not admitted cannot be disconnected by the application.
      if (i % 3 == 2) {
        clients.close(member);
      }
    }
  }

  void shutDown() {
    nodes.forEach(ServerNode::shutDown);
    if (emitter != null) {
      emitter.close();
    }
  }
}
