package dev.roomcast.testkit.conformance;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.transport.RawWebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * RFC 6455, case by case, over real sockets on the loopback address: what a client may and may not
 * write after the upgrade, and what must come back. A transport's own test extends this class and
 * says how to make one; it also has to pass {@link
 * dev.roomcast.testkit.transport.TransportContract}, which holds the port's rules.
 *
 * <p>Every case has a number, and a failure names it, the section and the step. All cases of a
 * class share one running transport, whose core sends each message back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ConformanceContract {
  private @Nullable EchoServer server;

  /** For subclasses. */
  protected ConformanceContract() {}

  /** A transport that has not been started, on an ephemeral port of the loopback address. */
  protected abstract Transport newTransport();

  /**
   * What clients trust, for a transport whose address is {@code wss}; empty: they speak in the
   * clear. Asked for each case; always the same context lets clients resume their sessions.
   */
  protected Optional<SSLContext> clientTls() {
    return Optional.empty();
  }

  /** How long something that must happen may take; the time a failing case costs. */
  protected Duration patience() {
    return Duration.ofSeconds(10);
  }

  /**
   * Which cases run; all. For looking at some, and for a transport whose library does as it wants
   * where the RFC leaves it open: group 6.6.
   *
   * @param number such as 6.6.1
   */
  protected boolean selects(String number) {
    return true;
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @TestFactory
  Stream<DynamicContainer> required_1_lengths() {
    return tests(Lengths.groups());
  }

  @TestFactory
  Stream<DynamicContainer> required_2_pingsAndPongs() {
    return tests(Pings.groups());
  }

  @TestFactory
  Stream<DynamicContainer> required_3_reservedBits() {
    return tests(ReservedBits.groups());
  }

  @TestFactory
  Stream<DynamicContainer> required_4_opcodes() {
    return tests(Opcodes.groups());
  }

  @TestFactory
  Stream<DynamicContainer> required_5_fragments() {
    return tests(Fragments.groups());
  }

  @TestFactory
  Stream<DynamicContainer> required_6_utf8() {
    return tests(Utf8Texts.groups());
  }

  @TestFactory
  Stream<DynamicContainer> required_7_closes() {
    return tests(Closes.groups());
  }

  @TestFactory
  Stream<DynamicContainer> required_8_masks() {
    return tests(Masks.groups());
  }

  @TestFactory
  Stream<DynamicContainer> required_9_limits() {
    return tests(Limits.groups());
  }

  @TestFactory
  Stream<DynamicContainer> required_10_bursts() {
    return tests(Bursts.groups());
  }

  @TestFactory
  Stream<DynamicContainer> required_11_handshakes() {
    return tests(Handshakes.groups());
  }

  /** All cases, by topic. */
  static List<List<Group>> topics() {
    return List.of(
        Lengths.groups(),
        Pings.groups(),
        ReservedBits.groups(),
        Opcodes.groups(),
        Fragments.groups(),
        Utf8Texts.groups(),
        Closes.groups(),
        Masks.groups(),
        Limits.groups(),
        Bursts.groups(),
        Handshakes.groups());
  }

  private Stream<DynamicContainer> tests(List<Group> groups) {
    return groups.stream()
        .map(
            group ->
                DynamicContainer.dynamicContainer(
                    group.toString(),
                    group.cases().stream()
                        .filter(one -> selects(one.number()))
                        .map(one -> DynamicTest.dynamicTest(one.toString(), () -> run(one)))));
  }

  /** Started by the first case, when a subclass has made what its transport needs. */
  private EchoServer server() {
    EchoServer running = server;
    if (running == null) {
      running = new EchoServer(newTransport());
      server = running;
    }
    return running;
  }

  private void run(Case one) {
    EchoServer running = server();
    SocketFactory sockets =
        clientTls()
            .<SocketFactory>map(SSLContext::getSocketFactory)
            .orElseGet(SocketFactory::getDefault);
    CaseRun.run(
        one, running, RawWebSocket.connect(running.uri(), patience(), 0, sockets), patience());
  }
}
