package dev.roomcast.server;

import dev.roomcast.core.Emitter;
import dev.roomcast.core.audience.DeliveryReport;
import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.redisson.RedissonBus;
import dev.roomcast.server.config.ConfigException;
import dev.roomcast.server.config.EmitConfig;
import dev.roomcast.server.config.EmitConfig.To;
import java.util.concurrent.CompletionStage;

/** Sends one message to the clients of running servers. */
final class Emission {
  private Emission() {}

  /**
   * Sends and waits until Redis took it.
   *
   * @return how many servers took it, in words
   * @throws BusException if Redis cannot be reached or did not take it
   * @throws ConfigException if the room's name is not valid
   */
  static String send(EmitConfig config, Codec codec) {
    try {
      return send(config, codec, new RememberingBus(RedissonBus.connect(config.redis())));
    } catch (IllegalArgumentException wrong) {
      throw new ConfigException(String.valueOf(wrong.getMessage()));
    }
  }

  private static String send(EmitConfig config, Codec codec, RememberingBus bus) {
    try (Emitter emitter = Emitter.on(bus, codec, config.channelPrefix(), Observer.none())) {
      emitter.start();
      DeliveryReport report = send(emitter, config).toCompletableFuture().join();
      if (report.bus() != DeliveryReport.Bus.PUBLISHED) {
        throw new BusException(
            bus.failure() instanceof BusException known
                ? String.valueOf(known.getMessage())
                : "Redis did not take a message",
            null);
      }
      return inWords(report.servers());
    }
  }

  private static String inWords(long servers) {
    if (servers == DeliveryReport.UNKNOWN) {
      return "the cluster, which does not tell by how many servers";
    }
    return servers == 1 ? "1 server" : servers + " servers";
  }

  private static CompletionStage<DeliveryReport> send(Emitter emitter, EmitConfig config) {
    return switch (config.to()) {
      case To.Room(var name, var except) ->
          emitter.toRoom(name, config.event(), config.data(), except);
      case To.User(String id) -> emitter.toUser(id, config.event(), config.data());
      case To.Client(String id) -> emitter.toClient(id, config.event(), config.data());
      case To.Everyone everyone -> emitter.broadcast(config.event(), config.data());
    };
  }
}
