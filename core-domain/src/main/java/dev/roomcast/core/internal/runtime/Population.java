package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.options.LimitOptions;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts connections, those not admitted apart, and those of each address. Thread-safe. Limits may
 * be overshot by the upgrades under way at the same time.
 *
 * <p>An authenticator that still runs for a client who is gone keeps that client's place among
 * those not admitted: else whoever asks and hangs up could have any number of them run.
 */
public final class Population {
  private final LimitOptions limits;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger unauthenticated = new AtomicInteger();
  private final AtomicInteger abandoned = new AtomicInteger();
  private final Map<Object, Integer> byAddress = new ConcurrentHashMap<>();
  private final AtomicInteger runningGoodbyes = new AtomicInteger();
  private final CompletableFuture<Void> empty = new CompletableFuture<>();
  private volatile boolean draining;

  public Population(LimitOptions limits) {
    this.limits = limits;
  }

  /** Behind a proxy that says who connects, an address may be a name that nobody has looked up. */
  private static Object host(InetSocketAddress address) {
    return address.isUnresolved() ? address.getHostString() : address.getAddress();
  }

  /** Why one more connection of that address is too many; empty if it is not. */
  Optional<String> refusal(InetSocketAddress address) {
    if (connections.get() >= limits.connections()) {
      return Optional.of("too many connections");
    }
    if (unauthenticated.get() + abandoned.get() >= limits.unauthenticated()
        || byAddress.getOrDefault(host(address), 0) >= limits.unauthenticatedPerAddress()) {
      return Optional.of("too many connections that have not authenticated");
    }
    return Optional.empty();
  }

  void opened(InetSocketAddress address) {
    connections.incrementAndGet();
    unauthenticated.incrementAndGet();
    take(address);
  }

  /** It was admitted, or ended without that. */
  void noLongerUnauthenticated(InetSocketAddress address) {
    unauthenticated.decrementAndGet();
    giveBack(address);
  }

  /** Its connection is gone, and its authenticator still runs. */
  void authenticatorAbandoned(InetSocketAddress address) {
    abandoned.incrementAndGet();
    take(address);
  }

  /** That authenticator has returned. */
  void abandonedReturned(InetSocketAddress address) {
    abandoned.decrementAndGet();
    giveBack(address);
  }

  private void take(InetSocketAddress address) {
    byAddress.merge(host(address), 1, Integer::sum);
  }

  private void giveBack(InetSocketAddress address) {
    byAddress.computeIfPresent(host(address), (key, count) -> count == 1 ? null : count - 1);
  }

  /** Its connection is gone. */
  void closed() {
    connections.decrementAndGet();
    settle();
  }

  /** A disconnected hook begins; shutdown waits for it. */
  void goodbyeBegins() {
    runningGoodbyes.incrementAndGet();
  }

  void goodbyeEnds() {
    runningGoodbyes.decrementAndGet();
    settle();
  }

  /** Connections open now. */
  public int connections() {
    return connections.get();
  }

  /** Connections open now that are not admitted. */
  public int unauthenticated() {
    return unauthenticated.get();
  }

  /** Completes once no connection is open and no disconnected hook runs. Final. */
  public CompletableFuture<Void> drained() {
    draining = true;
    settle();
    return empty;
  }

  private void settle() {
    if (draining && connections.get() == 0 && runningGoodbyes.get() == 0) {
      empty.complete(null);
    }
  }
}
