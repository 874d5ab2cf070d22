package dev.roomcast.core;

import dev.roomcast.core.audience.Audiences;
import dev.roomcast.core.audience.Delivery;
import dev.roomcast.core.internal.cluster.BusLink;
import dev.roomcast.core.internal.cluster.Channels;
import dev.roomcast.core.internal.cluster.ControlVerb;
import dev.roomcast.core.internal.hub.Directory;
import dev.roomcast.core.internal.hub.TransformWindow;
import dev.roomcast.core.internal.runtime.DeliveryTally;
import dev.roomcast.core.internal.runtime.Destination;
import dev.roomcast.core.internal.runtime.Fanout;
import dev.roomcast.core.internal.runtime.Gate;
import dev.roomcast.core.internal.runtime.HookCalls;
import dev.roomcast.core.internal.runtime.Hooks;
import dev.roomcast.core.internal.runtime.Losses;
import dev.roomcast.core.internal.runtime.Messages;
import dev.roomcast.core.internal.runtime.OutboundMessage;
import dev.roomcast.core.internal.runtime.Population;
import dev.roomcast.core.internal.runtime.ServerContext;
import dev.roomcast.core.internal.runtime.Session;
import dev.roomcast.core.internal.runtime.Shard;
import dev.roomcast.core.internal.runtime.Shards;
import dev.roomcast.core.options.ServerOptions;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One server's parts, put together: the composition root of the core. Thread-safe. */
final class Node {
  private final Parts parts;
  private final ServerOptions options;
  private final Hooks hooks;
  private final String serverId;
  private final Shards shards = new Shards();
  private final Population population;
  private final Messages messages;
  private final Directory<Session, Shard> directory;
  private final Losses losses;
  private final Fanout fanout;
  private final BusLink bus;
  private final Lifecycle lifecycle;

  Node(Parts parts, ServerOptions options, Hooks hooks) {
    this.parts = parts;
    this.options = options;
    this.hooks = hooks;
    serverId = parts.ids().next();
    population = new Population(options.limits());
    messages = new Messages(parts.codec(), parts.transport());
    Channels channels = new Channels(options.cluster().channelPrefix());
    bus =
        parts.bus() == null
            ? BusLink.none()
            : BusLink.to(
                parts.bus(),
                serverId,
                parts.codec(),
                channels,
                options.cluster().interest(),
                parts.observer(),
                parts.time(),
                parts.housekeeping());
    directory = new Directory<>(bus.interest());
    losses = new Losses(parts.observer(), parts.time());
    fanout = new Fanout(directory, shards, losses);
    lifecycle = new Lifecycle(parts, options, bus, population, shards);
  }

  TransportAddress start(Audiences<?> audiences) {
    ServerContext context =
        new ServerContext(
            options,
            parts.codec(),
            messages,
            directory,
            bus.interest(),
            new TransformWindow(options.sessions().encryptedBatchLimit()),
            population,
            hooks,
            new HookCalls(parts.hookExecutor(), parts.observer(), parts.time()),
            parts.time(),
            parts.observer(),
            losses,
            Typed.erased(audiences));
    Gate gate = new Gate(context, shards, parts.ids());
    return lifecycle.start(
        new TransportContext(options.transport(), gate, parts.observer(), parts.time()),
        messages,
        fanout);
  }

  CompletionStage<Void> shutdown() {
    return lifecycle.shutdown();
  }

  Delivery send(
      Destination to, Set<String> excluded, boolean everywhere, String event, @Nullable Json data) {
    lifecycle.requireRunning();
    if (event.isEmpty()) {
      throw new IllegalArgumentException("event is empty, expected 1 character or more");
    }
    DeliveryTally tally = new DeliveryTally();
    OutboundMessage message = messages.encode(event, data, null);
    fanout.send(to, excluded, message, tally);
    if (everywhere && !localOnly(to)) {
      bus.send(to, event, data, excluded, tally);
    }
    tally.submitted();
    return tally;
  }

  void requireRunning() {
    lifecycle.requireRunning();
  }

  /** Asks the other servers to do what was done here; the tally is complete with that. */
  Delivery control(
      ControlVerb verb,
      Destination who,
      Set<String> excluded,
      boolean everywhere,
      String argument,
      DeliveryTally tally) {
    if (everywhere && !localOnly(who)) {
      bus.control(verb, who, argument, excluded, tally);
    }
    tally.submitted();
    return tally;
  }

  // Ids are unique in a cluster: who is here is nowhere else.
  private boolean localOnly(Destination who) {
    return who instanceof Destination.ToClient(String id) && directory.isClient(id);
  }

  CompletableFuture<Boolean> enableEncryption(String clientId) {
    if (hooks.transformer() == null) {
      throw new IllegalStateException(
          "enableClientEncryption needs an outboundTransformer, and none is configured");
    }
    return fanout.encrypt(clientId);
  }

  boolean busConnected() {
    return bus.connected();
  }

  String serverId() {
    return serverId;
  }

  Codec codec() {
    return parts.codec();
  }

  Population population() {
    return population;
  }

  Directory<Session, Shard> directory() {
    return directory;
  }

  Fanout fanout() {
    return fanout;
  }
}
