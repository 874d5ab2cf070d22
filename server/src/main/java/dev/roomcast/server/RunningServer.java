package dev.roomcast.server;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.RoomServerBuilder;
import dev.roomcast.ecdh.EcdhEncryption;
import dev.roomcast.ecdh.EcdhOptions;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.observation.CountingObserver;
import dev.roomcast.redisson.RedissonBus;
import dev.roomcast.server.config.ServeConfig;
import dev.roomcast.server.publish.Publishing;
import dev.roomcast.server.room.Member;
import dev.roomcast.server.room.PatternRooms;
import dev.roomcast.server.web.Pages;
import dev.roomcast.server.web.Status;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: a server of the configuration, from its start to its end. Thread-safe. */
final class RunningServer {
  private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);

  private final RoomServer<Member> server;
  private final Status status;
  private final URI webSocket;
  private final Optional<CertificateWatch> certificates;

  private RunningServer(
      RoomServer<Member> server,
      Status status,
      URI webSocket,
      Optional<CertificateWatch> certificates) {
    this.server = server;
    this.status = status;
    this.webSocket = webSocket;
    this.certificates = certificates;
  }

  /**
   * Starts a server.
   *
   * @throws dev.roomcast.port.bus.BusException if Redis cannot be reached
   * @throws dev.roomcast.port.transport.TransportException if it cannot listen
   */
  static RunningServer start(ServeConfig config) {
    Codec codec = JacksonCodec.create();
    CountingObserver observer = new CountingObserver();
    Status status = new Status(observer);
    RoomServerBuilder<Member> builder =
        RoomServer.<Member>builder()
            .transport(Listening.of(config, Pages.of(status, codec.mapper(), config.stats())))
            .codec(codec)
            .observer(observer)
            .rooms(new PatternRooms(config.rooms()))
            .options(config.core());
    config.encryption().map(EcdhEncryption::with).ifPresent(builder::encryption);
    config.redis().map(RedissonBus::connect).ifPresent(builder::bus);
    config.logins().install(builder);
    new Publishing(config.publishTo()).install(builder);
    RoomServer<Member> server = builder.build();
    URI webSocket = server.start().uri();
    config
        .echo()
        .ifPresent(
            path -> LOG.warn("whoever reaches this port may send to {}, which echoes", path));
    config
        .encryption()
        .map(EcdhOptions::signingKey)
        .ifPresent(key -> LOG.info("clients may pin the key {}", key.publicKey()));
    status.started(server);
    return new RunningServer(server, status, webSocket, config.tls().map(CertificateWatch::of));
  }

  /** Where clients connect. */
  URI webSocket() {
    return webSocket;
  }

  /** Where the page is. */
  URI page() {
    String scheme = webSocket.getScheme().equals("wss") ? "https" : "http";
    return URI.create(scheme + "://" + webSocket.getRawAuthority() + "/");
  }

  /**
   * Shuts down in order: no new clients, then what is queued, then close frames with 1001.
   *
   * @return completes when all is released
   */
  CompletableFuture<Void> shutdown() {
    status.stopping();
    certificates.ifPresent(CertificateWatch::close);
    return server.shutdown().toCompletableFuture();
  }
}
