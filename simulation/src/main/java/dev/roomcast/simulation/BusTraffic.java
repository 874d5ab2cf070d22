package dev.roomcast.simulation;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.observation.CountingObserver;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.testkit.bus.InMemoryBusNetwork;
import dev.roomcast.testkit.id.SequentialIds;
import dev.roomcast.testkit.time.VirtualTime;
import dev.roomcast.testkit.transport.SimulatedTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much of the bus's traffic one of many servers hears, and parses: by the model of the bus,
 * over the core as it is.
 *
 * @param heard messages that came from the bus, a server on average
 * @param parsed those that were parsed, since they concern somebody there
 */
public record BusTraffic(double heard, double parsed) {

  /** What clients authenticate with: nothing. */
  record Nothing() {}

  private record Node(RoomServer<Void> server, CountingObserver signals) {}

  /**
   * Starts servers, with one client each for each of its rooms, and sends one message to each room.
   *
   * @param servers how many
   * @param rooms how many there are in all
   * @param serversPerRoom on how many servers a room has members
   * @param byInterest whether servers subscribe to their rooms only
   */
  public static BusTraffic measure(
      Codec codec, int servers, int rooms, int serversPerRoom, boolean byInterest) {
    VirtualTime time = VirtualTime.inOrder();
    InMemoryBusNetwork network = InMemoryBusNetwork.on(time);
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < servers; i++) {
      nodes.add(start(codec, time, network, i, byInterest));
    }
    for (int room = 0; room < rooms; room++) {
      for (int copy = 0; copy < serversPerRoom; copy++) {
        Node node = nodes.get((room + copy) % servers);
        var unused = node.server().user("only").here().join("room-" + room);
      }
    }
    time.runUntilIdle();
    List<Long> heardBefore = sums(nodes, Signal.BUS_RECEIVED);
    List<Long> irrelevantBefore = sums(nodes, Signal.BUS_IRRELEVANT);
    for (int room = 0; room < rooms; room++) {
      var unused = nodes.get(room % servers).server().room("room-" + room).send("m", room);
    }
    time.runUntilIdle();
    double heard = average(sums(nodes, Signal.BUS_RECEIVED), heardBefore);
    double irrelevant = average(sums(nodes, Signal.BUS_IRRELEVANT), irrelevantBefore);
    nodes.forEach(node -> time.await(node.server().shutdown()));
    return new BusTraffic(heard, heard - irrelevant);
  }

  private static Node start(
      Codec codec, VirtualTime time, InMemoryBusNetwork network, int number, boolean byInterest) {
    SimulatedTransport transport = new SimulatedTransport(time, 1);
    CountingObserver signals = new CountingObserver();
    RoomServer<Void> server =
        RoomServer.<Void>builder()
            .transport(transport)
            .codec(codec)
            .bus(network.newBus())
            .authenticator(Nothing.class, (nothing, request) -> Optional.of(Admission.of("only")))
            .time(time)
            .ids(new SequentialIds(number))
            .hookExecutor(time.hooks())
            .observer(signals)
            .housekeeping(time.newLoop("housekeeping-" + number))
            .options(options -> options.subscribeByInterest(byInterest))
            .build();
    var unused = server.start();
    transport.connect().send("{\"event\":\"authenticate\"}");
    time.runUntilIdle();
    return new Node(server, signals);
  }

  private static List<Long> sums(List<Node> nodes, Signal signal) {
    return nodes.stream().map(node -> node.signals().sum(signal)).toList();
  }

  private static double average(List<Long> after, List<Long> before) {
    long sum = 0;
    for (int i = 0; i < after.size(); i++) {
      sum += after.get(i) - before.get(i);
    }
    return (double) sum / after.size();
  }
}
