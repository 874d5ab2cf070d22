package dev.roomcast.core.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.options.OptionsBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

final class PopulationTest {
  private final Population population =
      new Population(new OptionsBuilder().maxUnauthenticatedPerAddress(1).build().limits());

  @Test
  void countsByHostAndNotByPort() {
    InetAddress host = InetAddress.getLoopbackAddress();
    population.opened(new InetSocketAddress(host, 1));

    assertThat(population.refusal(new InetSocketAddress(host, 2))).isPresent();
  }

  /** As Jetty's and Undertow's handlers for X-Forwarded-For make them. */
  @Test
  void countsAddressesThatAProxyNamed() {
    InetSocketAddress ann = InetSocketAddress.createUnresolved("1.2.3.4", 1);
    InetSocketAddress bob = InetSocketAddress.createUnresolved("unknown", 1);
    population.opened(ann);

    assertThat(population.refusal(ann)).isPresent();
    assertThat(population.refusal(bob)).isEmpty();
    population.noLongerUnauthenticated(ann);
    assertThat(population.refusal(ann)).isEmpty();
  }
}
