package dev.roomcast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.transport.TransportException;
import dev.roomcast.server.config.Given;
import dev.roomcast.server.config.ServeConfig;
import dev.roomcast.testkit.cipher.P256Client;
import dev.roomcast.testkit.cipher.P256Session;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The runnable server and its application, over real sockets. */
final class RunningServerTest {
  private static final String TOKENS =
      """
      ann-token ann rooms=team-*
      bob-token bob
      old-token old expires=2020-01-01T00:00:00Z
      """;

  @TempDir Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private RunningServer start(Map<String, String> options) {
    Map<String, String> line = new HashMap<>(options);
    line.putIfAbsent("--port", "0");
    RunningServer server = RunningServer.start(ServeConfig.of(new Given(line, Map.of())));
    open.add(() -> server.shutdown().get(20, TimeUnit.SECONDS));
    return server;
  }

  private RunningServer development() {
    return start(Map.of());
  }

  private RunningServer withTokens() throws Exception {
    Path file = Files.writeString(directory.resolve("tokens.txt"), TOKENS);
    return start(Map.of("--tokens", file.toString(), "--rooms", "public-*,user-${userId}"));
  }

  private Person enters(RunningServer server, String token) throws InterruptedException {
    Person person = Person.authenticated(server.webSocket(), token);
    open.add(person);
    return person;
  }

  private static String publish(String data) {
    return "{\"event\":\"publish\",\"data\":" + data + ",\"id\":\"p\"}";
  }

  private static String answer(String data) {
    return "{\"event\":\"publish\",\"data\":" + data + ",\"id\":\"p\"}";
  }

  private static String refused(String reason) {
    return answer("{\"published\":false,\"reason\":\"" + reason + "\"}");
  }

  private static String id(Person person) throws InterruptedException {
    String own = person.asks("{\"event\":\"publish\",\"data\":{\"to\":null,\"data\":0}}");
    return own.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void takesAnyNameForAUserInDevelopmentMode() throws Exception {
    Person person = Person.connected(development().webSocket());
    open.add(person);
    person.authenticate("Ann Example");

    assertThat(person.hears())
        .startsWith("{\"event\":\"connected\"")
        .contains("\"userId\":\"Ann Example\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "", "old-token", "sha256:ann-token"})
  void refusesATokenThatDoesNotHold(String token) throws Exception {
    Person person = Person.connected(withTokens().webSocket());
    open.add(person);
    person.authenticate(token);

    assertThat(person.hears())
        .isEqualTo("{\"event\":\"error\",\"data\":{\"message\":\"Authentication failed\"}}");
    assertThat(person.ends()).isEqualTo(new Person.End(4003, "Authentication failed"));
  }

  @Test
  void tellsWhoHasTooManySessionsApartFromWhoIsRefused() throws Exception {
    RunningServer server = start(Map.of("--max-sessions-per-user", "1"));
    enters(server, "ann");
    Person again = connects(server);
    again.authenticate("ann");

    assertThat(again.hears())
        .isEqualTo("{\"event\":\"error\",\"data\":{\"message\":\"Too many sessions\"}}");
    assertThat(again.ends()).isEqualTo(new Person.End(4003, "Authentication failed"));
  }

  @ParameterizedTest
  @CsvSource({
    "ann-token, public-1, true",
    "ann-token, team-7, true",
    "bob-token, team-7, false",
    "bob-token, user-bob, true",
    "bob-token, user-ann, false",
    "bob-token, secret, false",
  })
  void letsUsersIntoTheRoomsOfTheirPatterns(String token, String room, boolean allowed)
      throws Exception {
    Person person = enters(withTokens(), token);

    assertThat(person.joins(room))
        .contains(allowed ? "\"rooms\":[\"" + room + "\"]" : "\"rooms\":[]");
  }

  @Test
  void publishesToARoomItsSenderIncluded() throws Exception {
    RunningServer server = development();
    Person ann = enters(server, "ann");
    Person bob = enters(server, "bob");
    Person outside = enters(server, "eve");
    ann.joins("lobby");
    bob.joins("lobby");
    ann.says(publish("{\"to\":{\"room\":\"lobby\"},\"data\":{\"b\":1.0,\"a\":null}}"));

    String heard = bob.hears();
    assertThat(heard)
        .startsWith("{\"event\":\"message\",\"data\":{\"from\":{\"id\":\"")
        .endsWith("\",\"userId\":\"ann\"},\"room\":\"lobby\",\"data\":{\"b\":1.0,\"a\":null}}}");
    assertThat(List.of(ann.hears(), ann.hears()))
        .containsExactlyInAnyOrder(heard, answer("{\"published\":true}"));
    assertThat(outside.joins("elsewhere")).startsWith("{\"event\":\"join\"");
  }

  @Test
  void tellsDataThatIsNullFromDataThatIsNotThere() throws Exception {
    Person ann = enters(development(), "ann");
    ann.joins("lobby");

    assertThat(ann.asks("{\"event\":\"publish\",\"data\":{\"to\":{\"room\":\"lobby\"}}}"))
        .endsWith("\"room\":\"lobby\"}}");
    assertThat(
            ann.asks(
                "{\"event\":\"publish\",\"data\":{\"to\":{\"room\":\"lobby\"},\"data\":null}}"))
        .endsWith("\"room\":\"lobby\",\"data\":null}}");
  }

  @Test
  void publishesToUsersClientsAndAllInDevelopmentMode() throws Exception {
    RunningServer server = development();
    Person ann = enters(server, "ann");
    Person bob = enters(server, "bob");
    String bobsId = id(bob);
    assertThat(ann.hears()).contains("\"data\":0");

    assertThat(ann.asks(publish("{\"to\":{\"user\":\"bob\"},\"data\":1}")))
        .isEqualTo(answer("{\"published\":true}"));
    assertThat(bob.hears()).contains("\"userId\":\"ann\"},\"data\":1}");
    assertThat(ann.asks(publish("{\"to\":{\"client\":\"" + bobsId + "\"},\"data\":2}")))
        .isEqualTo(answer("{\"published\":true}"));
    assertThat(bob.hears()).contains("\"data\":2}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":1}",
        "{\"to\":null,\"data\":1}",
        "{\"to\":{\"user\":\"ann\"},\"data\":1}",
        "{\"to\":{\"client\":\"ann\"},\"data\":1}"
      })
  void refusesToPublishBeyondRoomsUnlessConfigured(String data) throws Exception {
    assertThat(enters(withTokens(), "bob-token").asks(publish(data)))
        .isEqualTo(refused("Not allowed"));
  }

  @Test
  void refusesToPublishToARoomOfOthers() throws Exception {
    RunningServer server = development();
    enters(server, "ann").joins("lobby");

    assertThat(enters(server, "bob").asks(publish("{\"to\":{\"room\":\"lobby\"},\"data\":1}")))
        .isEqualTo(refused("Not in the room"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"to\":{}}", "{\"to\":{\"room\":\"a\",\"user\":\"b\"}}"})
  void refusesATargetThatIsNotOne(String data) throws Exception {
    assertThat(enters(development(), "ann").asks(publish(data)))
        .isEqualTo(refused("Expected one of room, user and client"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "null", "{\"to\":\"lobby\"}", "{\"to\":{\"room\":{}}}"})
  void answersWhatIsNoPublishWithAnError(String data) throws Exception {
    assertThat(enters(development(), "ann").asks(publish(data)))
        .isEqualTo(
            "{\"event\":\"error\",\"data\":{\"message\":\"Invalid message format\"},\"id\":\"p\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"undertow", "jetty"})
  void closesEverybodyWith1001WhenItShutsDown(String transport) throws Exception {
    RunningServer server = start(Map.of("--transport", transport));
    Person ann = enters(server, "ann");
    server.shutdown().get(20, TimeUnit.SECONDS);

    assertThat(ann.ends()).isEqualTo(new Person.End(1001, "Server shutting down"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"undertow", "jetty"})
  void servesThePageBesideTheWebSocket(String transport) throws Exception {
    RunningServer server = start(Map.of("--transport", transport));
    HttpClient http = HttpClient.newHttpClient();
    HttpResponse<String> page =
        http.send(
            HttpRequest.newBuilder(server.page()).build(), HttpResponse.BodyHandlers.ofString());
    HttpResponse<String> ready =
        http.send(
            HttpRequest.newBuilder(server.page().resolve("health/ready")).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<title>Roomcast</title>");
    assertThat(ready.body()).isEqualTo("{\"status\":\"ready\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"undertow", "jetty"})
  void saysWhichPortIsInUse(String transport) {
    String port = String.valueOf(development().webSocket().getPort());

    assertThatThrownBy(() -> start(Map.of("--port", port, "--transport", transport)))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }

  private static String withKey(P256Client client) {
    return "{\"event\":\"authenticate\",\"data\":{\"token\":\"ann\",\"publicKey\":\""
        + client.publicKey()
        + "\"}}";
  }

  private Person connects(RunningServer server) {
    Person person = Person.connected(server.webSocket());
    open.add(person);
    return person;
  }

  private static P256Session agreed(P256Client client, String answer) {
    Map<?, ?> data = (Map<?, ?>) JsonMapper.shared().readValue(answer, Map.class).get("data");
    return client.join(
        String.valueOf(data.get("serverPublicKey")), String.valueOf(data.get("salt")));
  }

  @Test
  void encryptsWhereEncryptionIsRequired() throws Exception {
    RunningServer server = start(Map.of("--encryption", "required", "--accept-plaintext", "false"));
    P256Client client = P256Client.create();
    Person ann = connects(server);
    ann.says(withKey(client));
    P256Session session = agreed(client, ann.hears());

    ann.says(
        session.sealEnvelope("{\"event\":\"join\",\"data\":{\"rooms\":[\"lobby\"]},\"id\":\"j\"}"));
    assertThat(session.openEnvelope(ann.hears()))
        .isEqualTo("{\"event\":\"join\",\"data\":{\"rooms\":[\"lobby\"]},\"id\":\"j\"}");
    String sealed =
        session.sealEnvelope(publish("{\"to\":{\"room\":\"lobby\"},\"data\":\"é€😀\"}"));
    ann.says(sealed);
    assertThat(List.of(session.openEnvelope(ann.hears()), session.openEnvelope(ann.hears())))
        .anyMatch(text -> text.contains("\"data\":\"é€😀\""));
    assertThat(session.openEnvelope(ann.asks(sealed))).contains("Decryption failed");
    assertThat(session.openEnvelope(ann.asks(publish("{}")))).contains("Decryption failed");
  }

  @Test
  void closesWhoDoesNotEncryptWhereItIsRequired() throws Exception {
    Person ann = connects(start(Map.of("--encryption", "required")));
    ann.authenticate("ann");

    assertThat(ann.hears()).contains("Encryption handshake failed");
    assertThat(ann.ends()).isEqualTo(new Person.End(4004, "Encryption required"));
  }

  @Test
  void shakesHandsWithWhoWantsToEncrypt() throws Exception {
    RunningServer server = development();
    Person ann = enters(server, "ann");
    P256Client client = P256Client.create();
    String complete =
        ann.asks(
            "{\"event\":\"handshake\",\"data\":{\"publicKey\":\"" + client.publicKey() + "\"}}");
    P256Session session = agreed(client, complete);

    assertThat(complete).startsWith("{\"event\":\"handshake-complete\"");
    assertThat(session.openEnvelope(ann.joins("lobby"))).contains("lobby");
  }

  @Test
  void refusesAHandshakeWhereItDoesNotEncrypt() throws Exception {
    Person ann = enters(start(Map.of("--encryption", "off")), "ann");
    String key = P256Client.create().publicKey();

    assertThat(
            ann.asks(
                "{\"event\":\"handshake\",\"data\":{\"publicKey\":\""
                    + key
                    + "\"},\"id\":\"handshake\"}"))
        .isEqualTo(
            "{\"event\":\"error\",\"data\":{\"message\":\"Encryption handshake failed\"},"
                + "\"id\":\"handshake\"}");
  }

  @Test
  void signsWhereItHasAKey() throws Exception {
    Path key = Files.writeString(directory.resolve("key.pem"), FreshKey.pem("secp256r1"));
    RunningServer server =
        start(Map.of("--encryption", "required", "--encryption-signing-key", key.toString()));
    Person ann = connects(server);
    ann.says(withKey(P256Client.create()));

    assertThat(ann.hears()).containsPattern("\"signature\":\"[A-Za-z0-9+/]{86}==\"");
  }
}
