package dev.roomcast.port.observation;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Keeps the sums in memory. Thread-safe. */
public final class CountingObserver implements Observer {
  private final Map<Signal, LongAdder> sums = new EnumMap<>(Signal.class);

  public CountingObserver() {
    for (Signal signal : Signal.values()) {
      sums.put(signal, new LongAdder());
    }
  }

  @Override
  public void count(Signal signal, long times) {
    adder(signal).add(times);
  }

  /** How often it happened so far. */
  public long sum(Signal signal) {
    return adder(signal).sum();
  }

  private LongAdder adder(Signal signal) {
    LongAdder adder = sums.get(signal);
    if (adder == null) {
      throw new AssertionError(signal);
    }
    return adder;
  }
}
