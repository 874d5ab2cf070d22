package dev.roomcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.testkit.fuzz.Corpus;
import dev.roomcast.testkit.fuzz.Fuzzing;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is asked for, the answer is one that HTTP allows, and an upgrade has its reasons. */
final class UpgradeFuzzTest {
  private final List<Handshake> admitted = new ArrayList<>();

  private final Upgrade upgrade =
      new Upgrade(
          new Acceptor() {
            @Override
            public Verdict admit(Handshake request) {
              admitted.add(request);
              return new Verdict.Accept(
                  request.offeredSubprotocols().stream().findFirst().orElse(null));
            }

            @Override
            public ConnectionListener opened(Connection connection, Handshake handshake) {
              throw new AssertionError("nothing is opened here");
            }
          },
          /* compression= */ true);

  @Test
  void answersAnyRequest() {
    Corpus corpus = Corpus.text(UpgradeFuzzTest.class, "requests.txt");
    Fuzzing.of(corpus).run("the check of upgrades", this::answers);
  }

  private void answers(byte[] bytes, Random random) {
    UpgradeRequest request = request(new String(bytes, StandardCharsets.ISO_8859_1));
    admitted.clear();
    UpgradeResponse response = upgrade.answer(request, /* accepting= */ true);
    switch (response) {
      case UpgradeResponse.Switch(Map<String, String> headers, Handshake handshake) -> {
        assertThat(admitted).hasSize(1);
        assertThat(request.method()).isEqualTo("GET");
        assertThat(values(handshake, "Upgrade")).containsIgnoringCase("websocket");
        assertThat(values(handshake, "Connection")).containsIgnoringCase("upgrade");
        assertThat(values(handshake, "Sec-WebSocket-Version").strip()).isEqualTo("13");
        String key = values(handshake, "Sec-WebSocket-Key").strip();
        assertThat(key).matches("[A-Za-z0-9+/]{22}==");
        assertThat(headers.get("Sec-WebSocket-Accept")).isEqualTo(Upgrade.accept(key));
        assertThat(headers.containsKey("Sec-WebSocket-Extensions"))
            .isEqualTo(upgrade.compresses(handshake));
        assertThat(headers.containsKey("Sec-WebSocket-Protocol"))
            .isEqualTo(handshake.subprotocol() != null);
      }
      case UpgradeResponse.Refuse(int status, Map<String, String> headers, String body) -> {
        assertThat(admitted).isEmpty();
        assertThat(status).isIn(400, 426, 505);
        assertThat(body).hasSizeLessThan(300).doesNotContainPattern("\\p{Cntrl}");
        assertThat(headers).containsEntry("X-Content-Type-Options", "nosniff");
      }
    }
  }

  private static String values(Handshake handshake, String header) {
    return String.join(",", handshake.headers().getOrDefault(header, List.of()));
  }

  /** The parts of a line of the corpus, as far as they are there. */
  private static UpgradeRequest request(String line) {
    String[] parts = line.split("\\|", -1);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = 2; i < parts.length; i++) {
      int colon = parts[i].indexOf(':');
      String name = colon < 0 ? parts[i] : parts[i].substring(0, colon);
      headers
          .computeIfAbsent(name, any -> new ArrayList<>())
          .add(parts[i].substring(colon + 1).strip());
    }
    return new UpgradeRequest(
        parts[0],
        parts.length > 1 ? parts[1] : "",
        new Handshake(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
            "/ws",
            Map.of(),
            headers,
            null));
  }
}
