package dev.roomcast.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.ecdh.EcdhEncryption;
import dev.roomcast.ecdh.EcdhOptions;
import dev.roomcast.ecdh.SigningKey;
import dev.roomcast.port.cipher.KeyAgreement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What {@code roomcast.js} does by WebCrypto, in Node, against the server's encryption. */
final class WebCryptoTest {
  private static final List<String> TEXTS =
      List.of("{}", "", "{\"event\":\"said\",\"data\":\"é€😀\"}", "x".repeat(100_000), "{}");

  private Process node;
  private PrintWriter tell;
  private BufferedReader hear;

  private void start(Map<String, String> options) throws IOException {
    node =
        NodeProcess.command("web-crypto-peer.js")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    tell = new PrintWriter(node.outputWriter(StandardCharsets.UTF_8), /* autoFlush= */ true);
    hear = node.inputReader(StandardCharsets.UTF_8);
    tell.println(json(Map.of("options", options)));
  }

  @AfterEach
  void stop() {
    if (node != null) {
      node.destroyForcibly().onExit().join();
    }
  }

  private static String json(Object value) {
    return JsonMapper.shared().writeValueAsString(value);
  }

  private Map<?, ?> answer() throws IOException {
    return JsonMapper.shared().readValue(hear.readLine(), Map.class);
  }

  private Map<?, ?> ask(Object question) throws IOException {
    tell.println(json(question));
    return answer();
  }

  private void talk(EcdhEncryption encryption) throws IOException {
    String publicKey = String.valueOf(answer().get("publicKey"));
    KeyAgreement agreement = encryption.agree("client-1", publicKey);
    Map<String, String> told =
        agreement.signature() == null
            ? Map.of("serverPublicKey", agreement.serverPublicKey(), "salt", agreement.salt())
            : Map.of(
                "serverPublicKey",
                agreement.serverPublicKey(),
                "salt",
                agreement.salt(),
                "signature",
                agreement.signature());
    assertThat(ask(Map.of("answer", told, "clientId", "client-1")).get("agreed")).isEqualTo(true);
    for (String text : TEXTS) {
      byte[] sealed = agreement.cipher().seal(text.getBytes(StandardCharsets.UTF_8));
      Object data = JsonMapper.shared().readValue(sealed, Map.class).get("data");
      assertThat(ask(Map.of("open", data)).get("opened")).isEqualTo(text);

      Map<?, ?> theirs = ask(Map.of("seal", text));
      byte[] opened =
          agreement
              .cipher()
              .open(String.valueOf(theirs.get("iv")), String.valueOf(theirs.get("ct")));
      assertThat(new String(opened, StandardCharsets.UTF_8)).isEqualTo(text);
    }
  }

  @Test
  void understandsTheServerAndIsUnderstood() throws IOException {
    start(Map.of());
    talk(EcdhEncryption.create());
  }

  @Test
  void understandsItWithEveryOption() throws IOException {
    SigningKey signingKey = SigningKey.generate();
    start(Map.of("pin", signingKey.publicKey(), "info", "chat-v2", "additionalData", "é room"));
    talk(
        EcdhEncryption.with(
            EcdhOptions.defaults()
                .withSigningKey(signingKey)
                .withInfo("chat-v2")
                .withAdditionalData("é room")));
  }
}
