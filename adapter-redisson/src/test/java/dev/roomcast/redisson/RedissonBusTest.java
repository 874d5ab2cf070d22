package dev.roomcast.redisson;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.testkit.bus.BusContract;
import dev.roomcast.testkit.redis.RedisProcess;
import dev.roomcast.testkit.redis.TcpProxy;
import dev.roomcast.testkit.redis.TestRedis;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;

/** The contract, over a real Redis. */
final class RedissonBusTest extends BusContract {
  private final Map<Bus, TcpProxy> wires = new ConcurrentHashMap<>();

  @AfterEach
  void closeWires() {
    wires.values().forEach(TcpProxy::close);
  }

  @Override
  protected Bus newBus() {
    TcpProxy wire = TcpProxy.to(TestRedis.uri());
    Bus bus = RedissonBus.connect(wire.uri());
    wires.put(bus, wire);
    return bus;
  }

  @Override
  protected Optional<Bus> unreachableBus() {
    return Optional.of(
        RedissonBus.connect(
            URI.create("redis://127.0.0.1:" + RedisProcess.freePort()),
            RedissonOptions.defaults().withStartTimeout(Duration.ofSeconds(1))));
  }

  @Override
  protected boolean disconnect(Bus bus) {
    wires.get(bus).cut();
    return true;
  }

  @Override
  protected void reconnect(Bus bus) {
    wires.get(bus).mend();
  }
}
