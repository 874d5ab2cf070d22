package dev.roomcast.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.simulation.endtoend.EndToEndContract;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Transports that a client can tell from a right one, and the contract that must notice. */
final class WrongEndToEndTest {

  @Test
  void noticesThatAReasonIsMissing() {
    assertCaught(ForgetsReasons.class, "required_4003_closesAfterARefusal");
    assertCaught(ForgetsReasons.class, "required_4007");
  }

  @Test
  void noticesThatWhatWasSentIsLostWithTheClose() {
    assertCaught(ClosesAtOnce.class, "required_1001_closesAtTheShutdown");
  }

  @Test
  void noticesThatAMessageComesTwice() {
    assertCaught(RepeatsSome.class, "required_order_every");
  }

  @Test
  void noticesThatAMessageIsLost() {
    assertCaught(LosesSome.class, "required_order_what");
  }

  private static void assertCaught(Class<?> suite, String test) {
    List<DiscoverySelector> tests = new ArrayList<>();
    for (Class<?> type = suite; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().startsWith(test)) {
          tests.add(selectMethod(suite, method));
        }
      }
    }
    assertThat(tests).as(test).isNotEmpty();
    assertThat(
            EngineTestKit.engine("junit-jupiter")
                .selectors(tests.toArray(DiscoverySelector[]::new))
                .execute()
                .testEvents()
                .failed()
                .count())
        .as("tests %s that fail on %s", test, suite.getSimpleName())
        .isPositive();
  }

  /** The contract on a right transport whose connections are wrong. */
  abstract static class Suite extends EndToEndContract {
    abstract Connection wrong(Connection right);

    @Override
    protected Transport newTransport() {
      return new Altered(
          UndertowTransport.on(UndertowOptions.port(0).withIoThreads(2)), this::wrong);
    }

    @Override
    protected Codec codec() {
      return JacksonCodec.create();
    }

    @Override
    protected Duration patience() {
      return Duration.ofSeconds(2);
    }
  }

  private record Altered(Transport right, UnaryOperator<Connection> change) implements Transport {
    @Override
    public TransportAddress start(TransportContext context) {
      Acceptor core = context.acceptor();
      Acceptor between =
          new Acceptor() {
            @Override
            public Verdict admit(Handshake request) {
              return core.admit(request);
            }

            @Override
            public ConnectionListener opened(Connection connection, Handshake handshake) {
              return core.opened(change.apply(connection), handshake);
            }
          };
      return right.start(
          new TransportContext(context.settings(), between, context.observer(), context.time()));
    }

    @Override
    public PreparedMessage prepare(byte[] utf8, boolean compressible) {
      return right.prepare(utf8, compressible);
    }

    @Override
    public void stopAccepting() {
      right.stopAccepting();
    }

    @Override
    public void close() {
      right.close();
    }
  }

  /** Passes everything on; the wrong ones override what they break. */
  static class Passing implements Connection {
    private final Connection right;

    Passing(Connection right) {
      this.right = right;
    }

    @Override
    public EventLoop loop() {
      return right.loop();
    }

    @Override
    public void send(PreparedMessage message, Flush flush) {
      right.send(message, flush);
    }

    @Override
    public void demand(int messages) {
      right.demand(messages);
    }

    @Override
    public void close(CloseStatus status, Pending pending) {
      right.close(status, pending);
    }

    @Override
    public void abort() {
      right.abort();
    }

    @Override
    public long queuedBytes() {
      return right.queuedBytes();
    }
  }

  static final class ForgetsReasons extends Suite {
    @Override
    Connection wrong(Connection right) {
      return new Passing(right) {
        @Override
        public void close(CloseStatus status, Pending pending) {
          super.close(new CloseStatus(status.code(), ""), pending);
        }
      };
    }
  }

  static final class ClosesAtOnce extends Suite {
    @Override
    Connection wrong(Connection right) {
      return new Passing(right) {
        @Override
        public void close(CloseStatus status, Pending pending) {
          super.close(status, Pending.DISCARD);
        }
      };
    }
  }

  static final class RepeatsSome extends Suite {
    @Override
    Connection wrong(Connection right) {
      return new Passing(right) {
        private int sent;

        @Override
        public void send(PreparedMessage message, Flush flush) {
          super.send(message, flush);
          if (++sent % 1_000 == 0) {
            super.send(message, flush);
          }
        }
      };
    }
  }

  static final class LosesSome extends Suite {
    @Override
    Connection wrong(Connection right) {
      return new Passing(right) {
        private int sent;

        @Override
        public void send(PreparedMessage message, Flush flush) {
          if (++sent % 100 != 0) {
            super.send(message, flush);
          }
        }
      };
    }
  }
}
