package dev.roomcast.testkit.conformance;

import static dev.roomcast.testkit.transport.ClientFrames.FIN;
import static dev.roomcast.testkit.transport.ClientFrames.PONG;
import static dev.roomcast.testkit.transport.ClientFrames.TEXT;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.roomcast.port.transport.BinaryTransport;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.testkit.transport.HttpAnswer;
import dev.roomcast.testkit.transport.RawWebSocket;
import dev.roomcast.testkit.transport.ServerFrame;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One case on one connection. Confined to the test's thread. */
final class CaseRun {

  /** How far the close has come, as the client knows. */
  private enum Close {
    NONE,
    BEGUN_BY_SERVER,
    DONE
  }

  private final Case subject;
  private final EchoServer server;
  private final RawWebSocket client;
  private final Duration patience;
  private final Queue<Step.Echo> echoes = new ArrayDeque<>();

  /** Payloads of pings that wait for a pong, or for that of a later ping (section 5.5.3). */
  private final Queue<byte[]> pings = new ArrayDeque<>();

  /** What the client is doing, for failures. */
  private Object at = "begins";

  private Close close = Close.NONE;
  private boolean upgraded;
  private boolean streamEnded;

  private CaseRun(Case subject, EchoServer server, RawWebSocket client, Duration patience) {
    this.subject = subject;
    this.server = server;
    this.client = client;
    this.patience = patience;
  }

  /**
   * Runs a case.
   *
   * @param client connected, and closed when this returns
   * @throws AssertionError that names case, section and step if the server does something else
   */
  static void run(Case subject, EchoServer server, RawWebSocket client, Duration patience) {
    CaseRun run = new CaseRun(subject, server, client, patience);
    try (client) {
      run.steps();
      run.at = "ends";
      run.end();
      client.close();
      run.at = "has ended";
      run.lookAtTheServer();
    } catch (AssertionError | UncheckedIOException fault) {
      throw new AssertionError(
          "case %s, \"%s\" (RFC 6455 section %s), where the client %s: %s"
              .formatted(
                  subject.number(), subject.title(), subject.section(), run.at, fault.getMessage()),
          fault);
    }
  }

  private void steps() {
    for (Step step : subject.steps()) {
      if (!(step instanceof Step.Echo || step instanceof Step.Pongs)) {
        receive();
      }
      at = step;
      step(step);
    }
    receive();
  }

  private void step(Step step) {
    switch (step) {
      case Step.Upgrade(Request request) -> upgrade(request);
      case Step.Refused(Request request, List<Integer> statuses) -> {
        HttpAnswer answer = ask(request);
        check(statuses.contains(answer.status()), "came " + answer);
      }
      case Step.Send(byte[] bytes, int piece) -> write(bytes, piece);
      case Step.Echo echo -> echoes.add(echo);
      case Step.Pongs(List<byte[]> payloads) -> pings.addAll(payloads);
      case Step.Fail(int code) -> {
        expectClose(code);
        close = Close.BEGUN_BY_SERVER;
      }
      case Step.Answer(int code) -> {
        expectClose(code);
        close = Close.DONE;
      }
      case Step.EndOfStream() -> {
        client.halfClose();
        streamEnded = true;
      }
    }
  }

  private HttpAnswer ask(Request request) {
    write(request.bytes(server.target(subject), server.uri().getRawAuthority()), request.piece());
    return client.readAnswer();
  }

  private void upgrade(Request request) {
    HttpAnswer answer = ask(request);
    check(answer.status() == 101, "came " + answer);
    checkHeader(answer, "Upgrade", "websocket");
    checkHeader(answer, "Connection", "upgrade");
    String accept = answer.headers().get("Sec-WebSocket-Accept");
    check(accept(request).equals(accept), "came Sec-WebSocket-Accept " + accept);
    for (String unasked : List.of("Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol")) {
      check(!answer.headers().containsKey(unasked), "came " + unasked + " in " + answer);
    }
    upgraded = true;
  }

  private static void checkHeader(HttpAnswer answer, String name, String value) {
    String came = answer.headers().getOrDefault(name, "");
    check(came.toLowerCase(Locale.ROOT).equals(value), "came " + name + " '" + came + "'");
  }

  private static String accept(Request request) {
    try {
      byte[] proof =
          (request.header("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
              .getBytes(US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(proof));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-1", impossible);
    }
  }

  private void write(byte[] bytes, int piece) {
    for (int at = 0; at < bytes.length; ) {
      int end = (int) Math.min((long) at + piece, bytes.length);
      client.write(Arrays.copyOfRange(bytes, at, end));
      at = end;
    }
  }

  /**
   * Reads what is expected by now. Pongs come in the order of their pings, but anywhere between
   * messages.
   */
  private void receive() {
    while (!echoes.isEmpty() || !pings.isEmpty()) {
      at =
          echoes.isEmpty() ? "expects the pong of %d pings".formatted(pings.size()) : echoes.peek();
      ServerFrame frame = client.read();
      if (frame.opcode() == PONG) {
        takePong(frame);
      } else {
        takeEcho(frame);
      }
    }
  }

  private void takeEcho(ServerFrame frame) {
    check(!echoes.isEmpty(), "came " + frame);
    Step.Echo echo = echoes.element();
    boolean asText = echo.opcode() != TEXT && !(server.transport() instanceof BinaryTransport);
    byte[] expected = asText ? EchoEnd.textFor(echo.payload()) : echo.payload();
    check(
        frame.firstByte() == (FIN | (asText ? TEXT : echo.opcode()))
            && Arrays.equals(frame.payload(), expected),
        "came " + frame);
    echoes.remove();
  }

  private void takePong(ServerFrame frame) {
    while (!pings.isEmpty() && !Arrays.equals(pings.peek(), frame.payload())) {
      pings.remove();
    }
    check(
        !pings.isEmpty() && frame.firstByte() == (FIN | PONG),
        "came %s, which no ping asked for".formatted(frame));
    pings.remove();
  }

  private void expectClose(int code) {
    ServerFrame frame = client.read();
    check(frame.isClose() && frame.closeCode() == code, "came " + frame);
  }

  private void end() {
    if (!upgraded) {
      return;
    }
    if (close == Close.NONE) {
      client.sendClose(1000, "");
      expectClose(1000);
    } else if (close == Close.BEGUN_BY_SERVER && !streamEnded) {
      client.sendClose(1000, "");
    }
    client.expectEnd();
  }

  /** What a client cannot see: that the core was told the same. */
  private void lookAtTheServer() {
    if (!upgraded) {
      check(server.end(subject).isEmpty(), "a connection was opened all the same");
      return;
    }
    EchoEnd end = server.end(subject).orElseThrow(() -> new AssertionError("none was opened"));
    CloseStatus status;
    try {
      status = end.closed().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("the core is not told of the end", late);
    } catch (ExecutionException impossible) {
      throw new AssertionError(impossible);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
    check(status.code() == subject.closeCode(), "the core was told of " + status);
    check(
        end.messages() == subject.messages(),
        "the core was told of %d messages, expected %d"
            .formatted(end.messages(), subject.messages()));
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
