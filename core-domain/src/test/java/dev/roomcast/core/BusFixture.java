package dev.roomcast.core;

import dev.roomcast.core.audience.Delivery;
import dev.roomcast.core.audience.DeliveryReport;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.testkit.bus.InMemoryBus;
import dev.roomcast.testkit.bus.InMemoryBusNetwork;
import dev.roomcast.testkit.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two servers on one bus, and somebody else who speaks and listens there. */
abstract class BusFixture {
  final VirtualTime time = VirtualTime.inOrder();
  final InMemoryBusNetwork network = InMemoryBusNetwork.on(time);

  /** Ids in the east begin with 00000001, in the west with 00000002. */
  @RegisterExtension final World east = new World(time, 1);

  @RegisterExtension final World west = new World(time, 2);

  final InMemoryBus eastBus = network.newBus();
  final InMemoryBus westBus = network.newBus();

  /** Somebody else on the bus. */
  final InMemoryBus other = network.newBus();

  final List<String> overheard = new ArrayList<>();

  @BeforeEach
  void startBoth() {
    east.start(builder -> builder.bus(eastBus));
    west.start(builder -> builder.bus(westBus));
  }

  void overhear() {
    other.start(
        new BusListener() {
          @Override
          public void onMessage(String channel, byte[] payload) {
            String text = new String(payload, StandardCharsets.UTF_8);
            overheard.add(channel + " " + text.replace('"', '\''));
          }

          @Override
          public void onConnection(boolean connected) {}
        });
    time.await(other.subscribe(new BusSubscription.Prefix("ws:")));
  }

  void publish(String channel, String payload) {
    publish(channel, Person.json(payload).getBytes(StandardCharsets.UTF_8));
  }

  void publish(String channel, byte[] payload) {
    var unused = other.publish(channel, payload);
    time.runUntilIdle();
  }

  DeliveryReport report(Delivery delivery) {
    DeliveryReport report = time.await(delivery.report());
    time.runUntilIdle();
    return report;
  }

  static DeliveryReport published(long queuedHere, long otherServers) {
    return new DeliveryReport(queuedHere, 0, 0, DeliveryReport.Bus.PUBLISHED, otherServers);
  }
}
