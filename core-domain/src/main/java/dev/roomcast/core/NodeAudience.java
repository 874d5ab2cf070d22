package dev.roomcast.core;

import dev.roomcast.core.audience.Audience;
import dev.roomcast.core.audience.Client;
import dev.roomcast.core.audience.Delivery;
import dev.roomcast.core.internal.cluster.ControlVerb;
import dev.roomcast.core.internal.model.Closes;
import dev.roomcast.core.internal.model.RoomNames;
import dev.roomcast.core.internal.runtime.DeliveryTally;
import dev.roomcast.core.internal.runtime.Destination;
import dev.roomcast.port.transport.CloseStatus;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An audience of one server, and through the bus of every other.
 *
 * @param excluded client ids
 * @param everywhere whether other servers are meant too
 */
record NodeAudience<M>(Node node, Destination who, Set<String> excluded, boolean everywhere)
    implements Audience<M> {

  NodeAudience {
    excluded = Set.copyOf(excluded);
  }

  @Override
  public Delivery send(String event) {
    return node.send(who, excluded, everywhere, event, null);
  }

  @Override
  public Delivery send(String event, @Nullable Object data) {
    return node.send(who, excluded, everywhere, event, node.codec().mapper().toJson(data));
  }

  @Override
  public Audience<M> except(Collection<String> clientIds) {
    Set<String> more = new HashSet<>(excluded);
    more.addAll(clientIds);
    return new NodeAudience<>(node, who, more, everywhere);
  }

  @Override
  public Audience<M> here() {
    return new NodeAudience<>(node, who, excluded, false);
  }

  @Override
  public CompletionStage<Boolean> join(String room) {
    RoomNames.requireValid(room);
    node.requireRunning();
    CompletionStage<Boolean> joined = node.fanout().join(who, excluded, room);
    askOthers(ControlVerb.JOIN, room, new DeliveryTally());
    return joined;
  }

  @Override
  public CompletionStage<Boolean> leave(String room) {
    RoomNames.requireValid(room);
    node.requireRunning();
    CompletionStage<Boolean> left = node.fanout().leave(who, excluded, room);
    askOthers(ControlVerb.LEAVE, room, new DeliveryTally());
    return left;
  }

  @Override
  public Delivery disconnect(String reason) {
    requireFits(reason);
    node.requireRunning();
    DeliveryTally tally = new DeliveryTally();
    node.fanout().close(who, excluded, Closes.disconnected(reason), tally);
    return askOthers(ControlVerb.DISCONNECT, reason, tally);
  }

  private Delivery askOthers(ControlVerb verb, String argument, DeliveryTally tally) {
    return node.control(verb, who, excluded, everywhere, argument, tally);
  }

  // Refused here, where the caller sees it, rather than on the loop.
  private static void requireFits(String reason) {
    var unused = new CloseStatus(Closes.disconnected(reason).code(), reason);
  }

  @Override
  public List<Client<M>> clients() {
    return node.fanout().members(who, excluded).stream()
        .map(session -> Typed.<M>client(session.snapshot()))
        .toList();
  }
}
