package example.notify;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Key;
import dev.roomcast.core.RoomServer;
import dev.roomcast.core.audience.Audiences;
import dev.roomcast.core.audience.Client;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.Authenticator;
import dev.roomcast.core.hook.ConnectRequest;
import dev.roomcast.core.hook.ConnectedHook;
import dev.roomcast.guice.RoomcastBinder;
import dev.roomcast.guice.RoomcastModule;
import dev.roomcast.jackson.JacksonModule;
import dev.roomcast.jetty.JettyModule;
import dev.roomcast.jetty.JettyOptions;
import java.util.Map;
import java.util.Optional;

/** Tells users and their teams what happened; a user's account, kept with each client, names it. */
public final class Notifications extends AbstractModule {
  record Login(String token) {}

  record Account(String user, String team) {}

  record Notice(String level, String text) {}

  public static void main(String[] arguments) {
    RoomServer<Account> server = on(8080).getInstance(new Key<RoomServer<Account>>() {});
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println("Notifying at " + server.start().uri());
  }

  static Injector on(int port) {
    JettyModule jetty = new JettyModule(JettyOptions.port(port));
    return Guice.createInjector(
        new RoomcastModule(), jetty, new JacksonModule(), new Notifications());
  }

  @Override
  protected void configure() {
    RoomcastBinder.of(binder(), Account.class)
        .authenticator(Login.class, Accounts.class)
        .onConnected(Notifier.class);
  }

  static final class Accounts implements Authenticator<Login, Account> {
    private final Map<String, Account> byToken =
        Map.of("token-1", new Account("ada", "red"), "token-2", new Account("bob", "blue"));

    @Override
    public Optional<Admission<Account>> authenticate(Login login, ConnectRequest request) {
      return Optional.ofNullable(login.token())
          .map(byToken::get)
          .map(account -> Admission.of(account.user(), account));
    }
  }

  /** What the rest of the application calls. */
  record Notifier(Audiences<Account> audiences) implements ConnectedHook<Account> {
    @Inject
    Notifier {}

    @Override
    public void connected(Client<Account> client) {
      audiences.client(client.id()).join(client.metadata().team());
    }

    void team(String team, Notice notice) {
      audiences.room(team).send("notice", notice);
    }

    void user(String user, Notice notice) {
      audiences.user(user).send("notice", notice);
    }
  }
}
