package dev.roomcast.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.jackson.JacksonCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hundred servers on one bus: what each hears and parses; the figures of docs/scaling.md. */
final class BusTrafficTest {
  private static final int SERVERS = 100;
  private static final int ROOMS = 200;

  @ParameterizedTest
  @CsvSource({"1", "10", "50", "100"})
  void isHeardByAllWithPatternsAndByInterestByThoseWhomItConcerns(int serversPerRoom) {
    BusTraffic patterns =
        BusTraffic.measure(
            JacksonCodec.create(), SERVERS, ROOMS, serversPerRoom, /* byInterest= */ false);
    BusTraffic interest =
        BusTraffic.measure(
            JacksonCodec.create(), SERVERS, ROOMS, serversPerRoom, /* byInterest= */ true);
    System.out.printf(
        "rooms on %d of %d servers, %d messages: patterns hear %.1f and parse %.1f, by interest"
            + " hear %.1f and parse %.1f%n",
        serversPerRoom,
        SERVERS,
        ROOMS,
        patterns.heard(),
        patterns.parsed(),
        interest.heard(),
        interest.parsed());

    double concerned = (double) ROOMS * serversPerRoom / SERVERS;
    assertThat(patterns).isEqualTo(new BusTraffic(ROOMS, concerned));
    assertThat(interest).isEqualTo(new BusTraffic(concerned, concerned));
  }
}
