package dev.roomcast.simulation;

import dev.roomcast.port.codec.Codec;
import dev.roomcast.testkit.bus.InMemoryBusNetwork;
import dev.roomcast.testkit.id.SequentialIds;
import dev.roomcast.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all nodes of one simulated cluster share. */
final class Services {
  private static final Duration READING = Duration.ofNanos(150_000);

  private final Setup setup;
  private final Codec codec;
  private final VirtualTime time;
  private final InMemoryBusNetwork network;
  private final SequentialIds ids = new SequentialIds();
  private final Model model;
  private final Map<Integer, Script> scripts = new LinkedHashMap<>();
  private final List<Promise<?>> promises = new ArrayList<>();
  private final List<String> journal = new ArrayList<>();

  Services(Setup setup, Codec codec, long seed) {
    this.setup = setup;
    this.codec = codec;
    time = VirtualTime.seeded(seed);
    if (seed % 3 == 0) {
      // So that a turn of the inbox ends before the inbox is empty.
      time.readingTakes(READING);
    }
    network = InMemoryBusNetwork.on(time);
    model = new Model(setup.byInterest());
  }

  Setup setup() {
    return setup;
  }

  Codec codec() {
    return codec;
  }

  VirtualTime time() {
    return time;
  }

  InMemoryBusNetwork network() {
    return network;
  }

  SequentialIds ids() {
    return ids;
  }

  Model model() {
    return model;
  }

  /** What handlers do, by the number that their message bears. */
  Map<Integer, Script> scripts() {
    return scripts;
  }

  /** Stages that must complete. */
  List<Promise<?>> promises() {
    return promises;
  }

  void note(String what) {
    journal.add(time.instant() + " " + what);
  }

  /** What was done, in order. */
  List<String> journal() {
    return journal;
  }

  /** Reports that an invariant does not hold, also from where exceptions are caught. */
  void broken(String invariant, String how) {
    time.violation("invariant broken: " + invariant + ": " + how);
  }
}
