package dev.roomcast.redisson;

import dev.roomcast.port.bus.BusSubscription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Opens ears, each with a client of its own. Thread-safe. */
final class Ears {

  /** Whom they belong to. */
  interface Owner extends Ear.Hearer {

    /** An ear lost its connection. Any thread. */
    void lost(Ear ear);

    /** An ear is about to end a subscription, whoever wants it. By the socket's thread. */
    void unsubscribes(Ear ear, BusSubscription subscription);
  }

  private final Config base;
  private final RedissonOptions options;
  private final ListenerThread listeners;
  private final HeardCodec codec;
  private final Owner owner;

  /**
   * None is open yet.
   *
   * @param listeners the thread that runs listeners, in whose turn messages wait
   */
  Ears(Config base, RedissonOptions options, ListenerThread listeners, Owner owner) {
    this.base = base;
    this.options = options;
    this.listeners = listeners;
    this.owner = owner;
    codec = new HeardCodec(listeners, options);
  }

  /** Opens one on a thread of its own, since Redisson blocks until it is connected. */
  CompletionStage<Ear> open() {
    CompletableFuture<Ear> opened = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("roomcast-redis-connect")
        .start(
            () -> {
              try {
                opened.complete(connect());
              } catch (RuntimeException | Error failed) {
                opened.completeExceptionally(failed);
                if (failed instanceof VirtualMachineError fatal) {
                  throw fatal;
                }
              }
            });
    return opened;
  }

  /** Opens one; blocks until it is connected. */
  Ear connect() {
    NodeWatch watch = new NodeWatch(up -> {});
    KeptListeners kept = new KeptListeners(base.getNettyHook(), listeners);
    RedissonClient client =
        Redisson.create(ClientConfigs.hearing(base, options, listeners, watch, kept));
    Ear ear = new Ear(new RedissonSubscriber(client, codec), codec, listeners, owner);
    kept.tell(ear::heard, ended -> owner.unsubscribes(ear, ended));
    watch.tell(
        up -> {
          if (!up) {
            ear.markLost();
            owner.lost(ear);
          }
        });
    return ear;
  }
}
