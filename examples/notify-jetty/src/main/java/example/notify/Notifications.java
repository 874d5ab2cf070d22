package example.notify;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.Singleton;
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

/** Tells users and their teams what happened; a team is what a user's account says. */
public final class Notifications extends AbstractModule {
  record Login(String token) {}

  /** Kept with each client. */
  record Account(String user, String team) {}

  record Notice(String level, String text) {}

  public static void main(String[] arguments) {
    Injector injector = on(8080);
    RoomServer<Account> server = injector.getInstance(new Key<RoomServer<Account>>() {});
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    System.out.println("Notifying at " + server.start().uri());
  }

  static Injector on(int port) {
    return Guice.createInjector(
        new RoomcastModule(),
        new JettyModule(JettyOptions.port(port)),
        new JacksonModule(),
        new Notifications());
  }

  @Override
  protected void configure() {
    RoomcastBinder.of(binder(), Account.class)
        .authenticator(Login.class, Tokens.class)
        .onConnected(JoinsTheTeam.class);
  }

  @Provides
  @Singleton
  Map<String, Account> accounts() {
    return Map.of("token-1", new Account("ada", "red"), "token-2", new Account("bob", "blue"));
  }

  record Tokens(Map<String, Account> accounts) implements Authenticator<Login, Account> {
    @Inject
    Tokens {}

    @Override
    public Optional<Admission<Account>> authenticate(Login login, ConnectRequest request) {
      return Optional.ofNullable(accounts.get(login.token()))
          .map(account -> Admission.of(account.user(), account));
    }
  }

  record JoinsTheTeam(Audiences<Account> audiences) implements ConnectedHook<Account> {
    @Inject
    JoinsTheTeam {}

    @Override
    public void connected(Client<Account> client) {
      audiences.client(client.id()).join("team-" + client.metadata().team());
    }
  }

  /** What the rest of the application calls. */
  record Notifier(Audiences<Account> audiences) {
    @Inject
    Notifier {}

    void team(String team, Notice notice) {
      audiences.room("team-" + team).send("notice", notice);
    }

    void user(String user, Notice notice) {
      audiences.user(user).send("notice", notice);
    }
  }
}
