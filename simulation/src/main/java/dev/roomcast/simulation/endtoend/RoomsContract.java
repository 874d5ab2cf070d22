package dev.roomcast.simulation.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.Audience;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Joining, leaving, and who gets what: sections 1.4 and 1.8 of the protocol. */
abstract class RoomsContract extends AdmissionContract {

  @Test
  void required_rooms_listensAfterAJoin() {
    start();
    JdkClient client = connect("ada");
    client.send(join("lobby"));
    awaitMessages(client, 1);
    server().room("lobby").send("news", Map.of("text", "hällo \uD83D\uDE00"));
    awaitMessages(client, 2);

    assertThat(messages(client))
        .containsExactly(
            joined("lobby"), "{\"event\":\"news\",\"data\":{\"text\":\"hällo \uD83D\uDE00\"}}");
  }

  @Test
  void required_rooms_hearsNothingAfterALeave() {
    start();
    JdkClient client = connect("ada");
    client.send(join("lobby"));
    client.send("{\"event\":\"leave\",\"data\":{\"rooms\":[\"lobby\"]},\"id\":\"leave\"}");
    awaitMessages(client, 2);
    server().room("lobby").send("unheard");
    server().everyone().send("end");
    awaitMessages(client, 3);

    assertThat(messages(client))
        .containsExactly(
            joined("lobby"),
            "{\"event\":\"leave\",\"data\":{\"rooms\":[\"lobby\"]},\"id\":\"leave\"}",
            "{\"event\":\"end\"}");
    assertThat(server().rooms()).doesNotContain("lobby");
  }

  @Test
  void required_rooms_joinsWhatTheValidatorAllows() {
    start(builder -> builder.rooms((client, asked) -> List.of("open", "unasked")));
    JdkClient client = connect("ada");
    client.send("{\"event\":\"join\",\"data\":{\"rooms\":[\"open\",\"shut\"]},\"id\":\"1\"}");
    awaitMessages(client, 1);

    assertThat(messages(client))
        .containsExactly("{\"event\":\"join\",\"data\":{\"rooms\":[\"open\"]},\"id\":\"1\"}");
    assertThat(server().rooms()).contains("open").doesNotContain("shut", "unasked");
  }

  @Test
  void required_delivery_reachesExactlyWhomItIsFor() {
    start();
    JdkClient ada = connect("ada");
    JdkClient secondAda = connect("ada");
    JdkClient bob = connect("bob");
    bob.send(join("lobby"));
    awaitMessages(bob, 1);
    String bobId = server().user("bob").clients().getFirst().id();
    Audience<Void> everyone = server().everyone();
    everyone.send("all");
    server().user("ada").send("ada");
    server().room("lobby").send("lobby");
    server().client(bobId).send("bob");
    everyone.except(bobId).send("not bob");
    everyone.send("end");

    List<String> forAda = List.of("all", "ada", "not bob", "end");
    assertReceives(ada, forAda);
    assertReceives(secondAda, forAda);
    awaitMessages(bob, 5);
    assertThat(messages(bob).subList(1, 5)).isEqualTo(events("all", "lobby", "bob", "end"));
  }

  private void assertReceives(JdkClient client, List<String> events) {
    awaitMessages(client, events.size());
    assertThat(messages(client)).isEqualTo(events(events.toArray(String[]::new)));
  }

  private static List<String> events(String... names) {
    return List.of(names).stream().map(name -> "{\"event\":\"" + name + "\"}").toList();
  }

  @Test
  void required_delivery_carriesMessagesOfEverySize() {
    start(builder -> builder.reply("echo", String.class, (call, text) -> text));
    JdkClient client = connect("ada");
    int count = 0;
    // Around what changes the length field of a frame, and near the limit of 128 KiB.
    for (int size : new int[] {0, 60, 100, 125, 126, 65_500, 65_536, 130_000}) {
      String echo = "{\"event\":\"echo\",\"data\":\"" + "x".repeat(size) + "\"}";
      client.send(echo);
      awaitMessages(client, ++count);
      assertThat(messages(client).getLast()).isEqualTo(echo);
    }
  }

  @Test
  void required_rooms_nothingIsLeftOfWhoVanishes() {
    start();
    JdkClient client = connect("ada");
    client.send(join("lobby"));
    awaitMessages(client, 1);
    client.close();
    eventually(() -> server().connections() == 0);

    assertThat(server().rooms()).isEmpty();
    assertThat(server().users()).isEmpty();
    assertThat(server().clients()).isEmpty();
    eventually(() -> goodbyes().size() == 1);
    assertThat(goodbyes().getFirst().code()).isEqualTo(1006);
  }
}
