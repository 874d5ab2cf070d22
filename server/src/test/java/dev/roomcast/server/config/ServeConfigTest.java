package dev.roomcast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.core.options.ServerOptions;
import dev.roomcast.ecdh.EcdhOptions;
import dev.roomcast.ecdh.ServerKeys;
import dev.roomcast.ecdh.SigningKey;
import dev.roomcast.port.transport.Compression;
import dev.roomcast.server.FreshKey;
import dev.roomcast.server.publish.Reach;
import dev.roomcast.server.room.RoomPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServeConfigTest {

  /** Options by name, on the command line. */
  private static ServeConfig config(String... namesAndValues) {
    Map<String, String> line = new HashMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      line.put(namesAndValues[at], namesAndValues[at + 1]);
    }
    return ServeConfig.of(new Given(line, Map.of()));
  }

  private static Path tokens(Path directory) throws IOException {
    return Files.writeString(directory.resolve("tokens.txt"), "secret ann\n");
  }

  @Test
  void isADevelopmentServerOnLoopbackByDefault() {
    ServeConfig config = config();

    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.logins().anyName()).isTrue();
    assertThat(config.rooms()).containsExactly(RoomPattern.ANY);
    assertThat(config.publishTo()).containsExactlyInAnyOrder(Reach.values());
    assertThat(config.stats()).isTrue();
    assertThat(config.options().limits().allowedOrigins())
        .containsExactlyInAnyOrder(
            "http://localhost:*",
            "http://127.0.0.1:*",
            "http://[::1]:*",
            "https://localhost:*",
            "https://127.0.0.1:*",
            "https://[::1]:*");
    assertThat(config("--origins", "https://app.example").options().limits().allowedOrigins())
        .containsExactly("https://app.example");
  }

  @Test
  void allowsNothingBeyondTokensUnlessTold(@TempDir Path directory) throws IOException {
    ServeConfig config = config("--tokens", tokens(directory).toString(), "--host", "0.0.0.0");

    assertThat(config.logins().anyName()).isFalse();
    assertThat(config.rooms()).isEmpty();
    assertThat(config.publishTo()).isEmpty();
    assertThat(config.stats()).isFalse();
  }

  @Test
  void handsOptionsToTheCore() {
    ServerOptions options =
        config(
                "--path", "/chat",
                "--auth-timeout", "1500ms",
                "--heartbeat-timeout", "2m",
                "--max-payload", "64k",
                "--send-pings", "false",
                "--default-rooms", "a, b",
                "--origins", "https://App.example,http://localhost:3000",
                "--message-rate", "20",
                "--mailbox-messages", "7",
                "--inbox-bytes", "1m",
                "--max-connections", "9",
                "--compression", "true",
                "--compression-threshold", "1k")
            .options();

    assertThat(options.transport().path()).isEqualTo("/chat");
    assertThat(options.sessions().authTimeout()).isEqualTo(Duration.ofMillis(1500));
    assertThat(options.sessions().heartbeatTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(options.transport().maxMessageBytes()).isEqualTo(64 * 1024);
    assertThat(options.transport().sendPings()).isFalse();
    assertThat(options.sessions().defaultRooms()).containsExactly("a", "b");
    assertThat(options.limits().allowedOrigins())
        .containsExactlyInAnyOrder("https://app.example", "http://localhost:3000");
    assertThat(options.limits().messagesPerSecond()).isEqualTo(20);
    assertThat(options.limits().messageBurst()).isEqualTo(20);
    assertThat(options.limits().mailboxMessages()).isEqualTo(7);
    assertThat(options.limits().inboxBytes()).isEqualTo(1024 * 1024);
    assertThat(options.limits().connections()).isEqualTo(9);
    assertThat(options.transport().compression()).isEqualTo(Compression.from(1024));
  }

  @Test
  void refusesToCompressWhatMustBeEncrypted() {
    assertThatThrownBy(() -> config("--compression", "true", "--encryption", "required"))
        .hasMessageContaining(
            "option --compression is 'true', expected false where --encryption is required");
    assertThat(config("--compression", "false", "--encryption", "required").options()).isNotNull();
  }

  @Test
  void takesSeveralPatternsAndReaches() {
    ServeConfig config = config("--rooms", "public-*,user-${userId}", "--publish-to", "users,all");

    assertThat(config.rooms())
        .extracting(RoomPattern::source)
        .containsExactly("public-*", "user-${userId}");
    assertThat(config.publishTo()).isEqualTo(Set.of(Reach.USERS, Reach.ALL));
    assertThat(config("--publish-to", "nobody").publishTo()).isEmpty();
  }

  @Test
  void prefersTheCommandLineToTheEnvironment() {
    Map<String, String> environment =
        Map.of("ROOMCAST_PORT", "1", "ROOMCAST_AUTH_TIMEOUT", "9s", "ROOMCAST_TOKENS", "");
    ServeConfig config = ServeConfig.of(new Given(Map.of("--port", "2"), environment));

    assertThat(config.port()).isEqualTo(2);
    assertThat(config.options().sessions().authTimeout()).isEqualTo(Duration.ofSeconds(9));
    assertThat(config.logins().anyName()).isTrue();
  }

  @Test
  void namesTheVariableThatIsWrong() {
    assertThatThrownBy(() -> ServeConfig.of(new Given(Map.of(), Map.of("ROOMCAST_PORT", "x"))))
        .hasMessage(
            "environment variable ROOMCAST_PORT is 'x', expected a whole number, 0 to 65535");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port          | 65536        | a whole number, 0 to 65535",
        "--port          | eighty       | a whole number, 0 to 65535",
        "--host          | ' '          | a name or an address such as 127.0.0.1",
        "--host          | no.invalid   | a name that resolves, or an address such as 127.0.0.1",
        "--host          | 0.0.0.0      | a loopback address such as 127.0.0.1, since in"
            + " development mode any name is a user; or give --tokens",
        "--dev           | maybe        | true or false",
        "--dev           | false        | true where there are no --tokens",
        "--path          | ws           | a path that starts with '/'",
        "--path          | /            | a path that is not the page's, such as /ws",
        "--path          | /health/live | a path that is not the page's, such as /ws",
        "--echo          | echo         | a path such as /echo that is neither the page's nor the"
            + " other WebSocket's",
        "--echo          | /ws          | a path such as /echo that is neither the page's nor the"
            + " other WebSocket's",
        "--echo          | /stats       | a path such as /echo that is neither the page's nor the"
            + " other WebSocket's",
        "--io-threads    | 0            | a whole number, 1 to 1024",
        "--backlog       | 0            | a whole number, 1 or more",
        "--name          | ''           | a text that is not blank",
        "--auth-timeout  | 5            | a duration such as 500ms, 30s, 2m or 1h",
        "--auth-timeout  | 99999999999999999h | a duration such as 500ms, 30s, 2m or 1h",
        "--auth-timeout  | 0            | a duration of more than zero, at most 3650 days",
        "--max-payload   | 12q          | a number of bytes below 2 GiB such as 4096, 128k or 1m",
        "--max-payload   | 2048m        | a number of bytes below 2 GiB such as 4096, 128k or 1m",
        "--max-payload   | 0            | 1 or more",
        "--max-rooms-per-client | 0     | 1 or more",
        "--message-rate  | -1           | a whole number, 0 or more",
        "--mailbox-bytes | 0            | 1 or more",
        "--send-pings    | yes          | true or false",
        "--origins       | app.example  | scheme://host, scheme://host:port or scheme://host:*,"
            + " without a path",
        "--rooms         | ${room}      | a name with '*' and '${userId}' at most",
        "--publish-to    | users,rooms  | one of all, clients, users",
        "--log-format    | xml          | one of json, text",
        "--log-level     | loud         | one of debug, error, info, warn",
        "--encryption    | yes          | one of off, optional, required",
        "--encryption-keys | per-message | one of per-connection, per-process",
        "--accept-plaintext | no        | true or false",
      })
  void namesOptionValueAndWhatIsAllowed(String option, String value, String allowed) {
    Given given = new Given(Map.of(option, value), Map.of());

    assertThatThrownBy(
            () -> {
              LogConfig.of(given);
              ServeConfig.of(given);
            })
        .isInstanceOf(ConfigException.class)
        .hasMessage("option " + option + " is '" + value + "', expected " + allowed);
  }

  @Test
  void refusesTokensInDevelopmentMode(@TempDir Path directory) throws IOException {
    Path file = tokens(directory);

    assertThatThrownBy(() -> config("--tokens", file.toString(), "--dev", "true"))
        .hasMessage("option --tokens is '" + file + "', expected none in development mode (--dev)");
  }

  @Test
  void saysWhyAFileOfTokensCannotBeUsed(@TempDir Path directory) {
    Path file = directory.resolve("none.txt");

    assertThatThrownBy(() -> config("--tokens", file.toString()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file + ": there is no such file");
  }

  @Test
  void letsClientsEncryptUnlessTold() {
    EcdhOptions byDefault = config().encryption().orElseThrow();

    assertThat(byDefault).isEqualTo(EcdhOptions.defaults());
    assertThat(config("--encryption", "optional").encryption()).contains(byDefault);
    assertThat(config("--encryption", "required").encryption().orElseThrow().required()).isTrue();
    assertThat(config("--encryption", "off").encryption()).isEmpty();
    assertThat(config().options().sessions().acceptPlaintext()).isTrue();
  }

  @Test
  void takesEveryOptionOfEncryption(@TempDir Path directory) throws IOException {
    Path key =
        Files.writeString(directory.resolve("key.pem"), "note\n" + FreshKey.pem("secp256r1"));
    ServeConfig config =
        config(
            "--encryption", "required",
            "--encryption-keys", "per-connection",
            "--encryption-signing-key", key.toString(),
            "--encryption-info", "chat-v2",
            "--encryption-additional-data", "room",
            "--accept-plaintext", "false");
    EcdhOptions options = config.encryption().orElseThrow();

    assertThat(options.required()).isTrue();
    assertThat(options.serverKeys()).isEqualTo(ServerKeys.PER_CONNECTION);
    assertThat(options.info()).isEqualTo("chat-v2");
    assertThat(options.additionalData()).isEqualTo("room");
    assertThat(options.signingKey().publicKey())
        .isEqualTo(SigningKey.fromPem(Files.readString(key)).publicKey());
    assertThat(config.options().sessions().acceptPlaintext()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "--encryption-keys, per-process",
    "--encryption-signing-key, key.pem",
    "--encryption-info, x",
    "--encryption-additional-data, x",
    "--accept-plaintext, false"
  })
  void refusesDetailsOfAnEncryptionThatIsOff(String option, String value) {
    assertThatThrownBy(() -> config("--encryption", "off", option, value))
        .hasMessage(
            "option " + option + " is '" + value + "', expected none where --encryption is off");
  }

  @Test
  void saysWhyASigningKeyCannotBeUsed(@TempDir Path directory) throws IOException {
    Path none = directory.resolve("none.pem");
    Path other = Files.writeString(directory.resolve("other.pem"), FreshKey.pem("secp384r1"));

    assertThatThrownBy(() -> config("--encryption-signing-key", none.toString()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(none + "', expected a file with a private key on P-256 in PEM: ");
    assertThatThrownBy(() -> config("--encryption-signing-key", other.toString()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a key that is not on the curve P-256");
  }
}
