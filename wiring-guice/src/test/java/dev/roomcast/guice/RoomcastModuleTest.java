package dev.roomcast.guice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.TypeLiteral;
import dev.roomcast.core.RoomServer;
import dev.roomcast.core.audience.Audiences;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.Authenticator;
import dev.roomcast.core.hook.Call;
import dev.roomcast.core.hook.ConnectRequest;
import dev.roomcast.core.hook.ReplyHandler;
import dev.roomcast.ecdh.EcdhEncryption;
import dev.roomcast.ecdh.EcdhModule;
import dev.roomcast.jackson.JacksonModule;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.time.VirtualTime;
import dev.roomcast.testkit.transport.SimulatedClient;
import dev.roomcast.testkit.transport.SimulatedTransport;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RoomcastModuleTest {
  private static final Key<RoomServer<Member>> SERVER =
      Key.get(new TypeLiteral<RoomServer<Member>>() {});

  record Member(String name) {}

  record Login(String token) {}

  static final class AnyName implements Authenticator<Login, Member> {
    @Override
    public Optional<Admission<Member>> authenticate(Login login, ConnectRequest request) {
      return Optional.of(Admission.of(login.token(), new Member(login.token())));
    }
  }

  /** Injects the server that it is part of. */
  static final class CountMembers implements ReplyHandler<Member, Void> {
    private final Audiences<Member> server;

    @Inject
    CountMembers(Audiences<Member> server) {
      this.server = server;
    }

    @Override
    public Object handle(Call<Member> call, Void nothing) {
      return call.client().metadata().name() + " of " + server.everyone().clients().size();
    }
  }

  private final VirtualTime time = VirtualTime.inOrder();
  private final SimulatedTransport transport = new SimulatedTransport(time, 1);

  private final Module simulated =
      new AbstractModule() {
        @Override
        protected void configure() {
          bind(Transport.class).toInstance(transport);
        }
      };

  private final Module chat =
      new AbstractModule() {
        @Override
        protected void configure() {
          RoomcastBinder.of(binder(), Member.class)
              .authenticator(Login.class, AnyName.class)
              .reply("count", Void.class, CountMembers.class);
        }
      };

  @Test
  void composesAServerWhoseHandlersInjectIt() {
    Injector injector =
        Guice.createInjector(new RoomcastModule(), simulated, new JacksonModule(), chat, inTime());
    RoomServer<Member> server = injector.getInstance(SERVER);
    server.start();
    SimulatedClient client = transport.connect();
    client.send("{\"event\":\"authenticate\",\"data\":{\"token\":\"ada\"}}");
    client.send("{\"event\":\"heartbeat\"}");
    time.runUntilIdle();
    client.send("{\"event\":\"count\",\"id\":\"1\"}");
    time.runUntilIdle();

    assertThat(client.received())
        .last()
        .isEqualTo("{\"event\":\"count\",\"data\":\"ada of 1\",\"id\":\"1\"}");
    assertThat(injector.getInstance(SERVER)).isSameAs(server);
  }

  @Test
  void encryptsWithTheEncryptionThatIsBound() {
    Injector injector =
        Guice.createInjector(
            new RoomcastModule(),
            simulated,
            new JacksonModule(),
            new EcdhModule(EcdhEncryption.create().required()),
            chat,
            inTime());
    injector.getInstance(SERVER).start();
    SimulatedClient client = transport.connect();
    client.send("{\"event\":\"authenticate\",\"data\":{\"token\":\"ada\"}}");
    time.runUntilIdle();

    assertThat(client.closed()).map(CloseStatus::code).contains(4004);
  }

  @Test
  void letsSeveralModulesOfOneApplicationContribute() {
    Module more =
        new AbstractModule() {
          @Override
          protected void configure() {
            RoomcastBinder.of(binder(), Member.class).options(o -> o.path("/chat"));
          }
        };

    Injector injector =
        Guice.createInjector(new RoomcastModule(), simulated, new JacksonModule(), chat, more);

    assertThat(injector.getInstance(SERVER).start().uri().getPath()).isEqualTo("/chat");
  }

  @Test
  void saysWhatIsMissingWithoutATransport() {
    Injector injector = Guice.createInjector(new RoomcastModule(), new JacksonModule(), chat);

    assertThatThrownBy(() -> injector.getInstance(SERVER))
        .isInstanceOf(ProvisionException.class)
        .hasMessageContaining("No Transport is bound")
        .hasMessageContaining("UndertowModule");
  }

  @Test
  void refusesTwoTransports() {
    Module another =
        new AbstractModule() {
          @Override
          protected void configure() {
            bind(Transport.class).toInstance(new SimulatedTransport(time, 1));
          }
        };

    assertThatThrownBy(
            () ->
                Guice.createInjector(new RoomcastModule(), simulated, another, new JacksonModule()))
        .isInstanceOf(CreationException.class)
        .hasMessageContaining("Transport");
  }

  private Module inTime() {
    return new AbstractModule() {
      @Override
      protected void configure() {
        RoomcastBinder.of(binder(), Member.class)
            .runtime(builder -> builder.time(time).hookExecutor(time.hooks()));
      }
    };
  }
}
