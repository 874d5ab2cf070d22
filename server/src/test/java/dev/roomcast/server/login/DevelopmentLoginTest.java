package dev.roomcast.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.hook.ConnectRequest;
import dev.roomcast.port.transport.Handshake;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DevelopmentLoginTest {
  private static final ConnectRequest REQUEST =
      new ConnectRequest(
          "c1",
          new Handshake(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
              "/ws",
              Map.of(),
              Map.of(),
              null));

  private final DevelopmentLogin logins = new DevelopmentLogin();

  @Test
  void admitsAnyName() {
    assertThat(logins.authenticate(new Login("Ann Example"), REQUEST).orElseThrow().userId())
        .isEqualTo("Ann Example");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "a\nb", "\ud800"})
  void refusesWhatIsNoName(String name) {
    assertThat(logins.authenticate(new Login(name), REQUEST)).isEmpty();
  }
}
