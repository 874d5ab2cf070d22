package example.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Injector;
import com.google.inject.Key;
import dev.roomcast.core.RoomServer;
import example.notify.Notifications.Account;
import example.notify.Notifications.Notice;
import example.notify.Notifications.Notifier;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NotificationsTest {

  @Test
  void tellsUsersAndTeams() throws Exception {
    Injector injector = Notifications.on(0);
    try (RoomServer<Account> server = injector.getInstance(new Key<RoomServer<Account>>() {})) {
      URI uri = server.start().uri();
      Listener ada = admitted(uri, "token-1");
      Listener bob = admitted(uri, "token-2");
      while (!server.rooms().containsAll(List.of("red", "blue"))) {
        Thread.onSpinWait();
      }
      Notifier notifier = injector.getInstance(Notifier.class);
      notifier.team("red", new Notice("high", "smoke"));
      notifier.user("bob", new Notice("low", "tea is ready"));

      assertEquals(
          "{\"event\":\"notice\",\"data\":{\"level\":\"high\",\"text\":\"smoke\"}}", ada.hear());
      assertEquals(
          "{\"event\":\"notice\",\"data\":{\"level\":\"low\",\"text\":\"tea is ready\"}}",
          bob.hear());
    }
  }

  private static Listener admitted(URI uri, String token) throws InterruptedException {
    Listener listener = new Listener(uri, token);
    assertTrue(listener.hear().startsWith("{\"event\":\"connected\""));
    return listener;
  }

  @Test
  void bringsNoOtherTransportAlong() {
    assertThrows(ClassNotFoundException.class, () -> Class.forName("io.undertow.Undertow"));
    assertThrows(ClassNotFoundException.class, () -> Class.forName("org.xnio.Xnio"));
  }
}
