package dev.roomcast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.wire.internal.GuardedListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UpgradeGateTest {
  private static final Handshake HANDSHAKE =
      new Handshake(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
          "/ws",
          Map.of(),
          Map.of(
              "Host", List.of("localhost"),
              "Upgrade", List.of("websocket"),
              "Connection", List.of("Upgrade"),
              "Sec-WebSocket-Version", List.of("13"),
              "Sec-WebSocket-Key", List.of("dGhlIHNhbXBsZSBub25jZQ==")),
          null);
  private static final UpgradeRequest REQUEST = new UpgradeRequest("GET", "HTTP/1.1", HANDSHAKE);

  private final FakeLoop loop = new FakeLoop();
  private final UpgradeGate gate = new UpgradeGate();

  private final WebSocketWire wire =
      new WebSocketWire(
          new TransportContext(
              TransportSettings.defaults(),
              new Acceptor() {
                @Override
                public Verdict admit(Handshake request) {
                  return Verdict.accept();
                }

                @Override
                public ConnectionListener opened(Connection connection, Handshake handshake) {
                  return GuardedListener.nobody();
                }
              },
              Observer.none(),
              loop));

  private int status(boolean bodyFollows) {
    return switch (gate.answer(REQUEST, bodyFollows)) {
      case UpgradeResponse.Refuse refusal -> refusal.status();
      case UpgradeResponse.Switch agreed -> 101;
    };
  }

  @Test
  void isShutBeforeTheTransportHasStarted() {
    assertThat(status(/* bodyFollows= */ false)).isEqualTo(503);
    assertThatThrownBy(() -> gate.open(new FakePipe(loop), HANDSHAKE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void letsAnUpgradeThrough() {
    gate.open(wire);
    assertThat(status(/* bodyFollows= */ false)).isEqualTo(101);
    assertThat(gate.open(new FakePipe(loop), HANDSHAKE)).isPresent();
  }

  @Test
  void refusesARequestWithABody() {
    gate.open(wire);
    assertThat(status(/* bodyFollows= */ true)).isEqualTo(400);
  }

  @Test
  void opensThePipeOfARequestThatWasLetThroughBeforeItWasShut() {
    gate.open(wire);
    gate.shut();
    assertThat(status(/* bodyFollows= */ false)).isEqualTo(503);
    assertThat(gate.open(new FakePipe(loop), HANDSHAKE)).isPresent();
  }
}
