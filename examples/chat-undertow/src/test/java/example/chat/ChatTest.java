package example.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.roomcast.core.RoomServer;
import java.net.URI;
import org.junit.jupiter.api.Test;

final class ChatTest {

  @Test
  void carriesWhatOneSaysToTheOther() throws Exception {
    try (RoomServer<Void> chat = Chat.on(0)) {
      URI uri = chat.start().uri();
      Talker ada = enter(uri, "ada");
      Talker bob = enter(uri, "bob");
      ada.say("{\"event\":\"say\",\"data\":{\"room\":\"chat-tea\",\"text\":\"hello\"}}");
      String said =
          "{\"event\":\"said\",\"data\":{\"room\":\"chat-tea\",\"from\":\"ada\",\"text\":\"hello\"}}";

      assertEquals(said, ada.hear());
      assertEquals(said, bob.hear());
      bob.say("{\"event\":\"who\",\"data\":\"chat-tea\",\"id\":\"1\"}");
      assertEquals("{\"event\":\"who\",\"data\":[\"ada\",\"bob\"],\"id\":\"1\"}", bob.hear());
    }
  }

  private static Talker enter(URI uri, String name) throws InterruptedException {
    Talker talker = new Talker(uri);
    talker.say("{\"event\":\"authenticate\",\"data\":{\"name\":\"" + name + "\"}}");
    assertTrue(talker.hear().startsWith("{\"event\":\"connected\""));
    String join = "{\"event\":\"join\",\"data\":{\"rooms\":[\"chat-tea\"]},\"id\":\"j\"}";
    assertEquals(join, talker.say(join).hear());
    return talker;
  }

  @Test
  void bringsNoOtherTransportAlong() {
    assertThrows(
        ClassNotFoundException.class, () -> Class.forName("org.eclipse.jetty.server.Server"));
    assertThrows(ClassNotFoundException.class, () -> Class.forName("com.google.inject.Injector"));
  }
}
