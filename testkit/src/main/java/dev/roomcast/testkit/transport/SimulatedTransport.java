package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.testkit.time.SimulatedLoop;
import dev.roomcast.testkit.time.VirtualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A transport in memory, on loops of a {@link VirtualTime}. It keeps the port's rules to the letter
 * and reports to the world whoever breaks the caller's part of them: a call off the loop, a demand
 * of nothing, a foreign message, a listener that throws. It sends no pings and knows no idle
 * time-out.
 *
 * <p>{@link #close} from a test runs the world until everything is released; from a simulated hook
 * it pauses the hook.
 */
public final class SimulatedTransport implements Transport {
  private static final Verdict.Reject NOT_FOUND = new Verdict.Reject(404, "No WebSocket here");
  private static final Verdict.Reject STOPPED = new Verdict.Reject(503, "Not accepting");

  private final VirtualTime time;
  private final List<SimulatedLoop> loops;
  private final Set<SimulatedConnection> open = new LinkedHashSet<>();
  private @Nullable TransportContext started;
  private boolean accepting = true;
  private int clients;

  /**
   * @param loops how many, 1 or more
   */
  public SimulatedTransport(VirtualTime time, int loops) {
    this.time = time;
    this.loops = IntStream.range(0, loops).mapToObj(i -> time.newLoop("loop-" + i)).toList();
  }

  @Override
  public TransportAddress start(TransportContext context) {
    if (started != null) {
      throw new IllegalStateException("already started");
    }
    started = context;
    return new TransportAddress(URI.create("ws://simulated.invalid" + context.settings().path()));
  }

  @Override
  public PreparedMessage prepare(byte[] utf8, boolean compressible) {
    return new SimulatedMessage(this, utf8);
  }

  @Override
  public void stopAccepting() {
    accepting = false;
  }

  @Override
  public void close() {
    stopAccepting();
    List<CompletableFuture<?>> released = new ArrayList<>();
    for (SimulatedLoop loop : loops) {
      var done = new CompletableFuture<>();
      released.add(done);
      loop.io(
          () -> {
            List.copyOf(open).stream().filter(c -> c.loop() == loop).forEach(c -> c.breakOff());
            loop.close();
            done.complete(null);
          });
    }
    var unused = time.await(CompletableFuture.allOf(released.toArray(CompletableFuture<?>[]::new)));
  }

  /** The loops, in the order in which connections are spread over them. */
  public List<SimulatedLoop> loops() {
    return loops;
  }

  /** How many connections are open. */
  public int connections() {
    return open.size();
  }

  /** Connects to the path of the settings, without headers, on the next loop. */
  public SimulatedClient connect() {
    return connect(started().settings().path(), Map.of());
  }

  /**
   * Connects on the next loop. The upgrade is a later step.
   *
   * @param target path and query, for example {@code /ws?tab=1}
   */
  public SimulatedClient connect(String target, Map<String, List<String>> headers) {
    return connectOn(clients % loops.size(), target, headers);
  }

  /**
   * Connects on a loop of the test's choice.
   *
   * @param loop its index in {@link #loops}
   */
  public SimulatedClient connectOn(int loop, String target, Map<String, List<String>> headers) {
    TransportContext now = started();
    InetSocketAddress peer =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 10_000 + clients++ % 50_000);
    SimulatedClient client = new SimulatedClient();
    Handshake request = request(peer, target, headers);
    loops.get(loop).io(() -> upgrade(now, loops.get(loop), client, request));
    return client;
  }

  private void upgrade(
      TransportContext now, SimulatedLoop loop, SimulatedClient client, Handshake request) {
    if (!request.path().equals(now.settings().path())) {
      client.rejected(NOT_FOUND);
      return;
    }
    switch (accepting ? now.acceptor().admit(request) : STOPPED) {
      case Verdict.Reject refused -> client.rejected(refused);
      case Verdict.Accept(String subprotocol) -> {
        if (subprotocol != null && !request.offeredSubprotocols().contains(subprotocol)) {
          time.violation("admitted with " + subprotocol + ", which was not offered");
        }
        loop.io(() -> open(now, loop, client, request.withSubprotocol(subprotocol)));
      }
    }
  }

  private void open(
      TransportContext now, SimulatedLoop loop, SimulatedClient client, Handshake handshake) {
    if (!accepting) {
      client.rejected(STOPPED);
      return;
    }
    var connection =
        new SimulatedConnection(time, this, loop, client, now.settings(), open::remove);
    open.add(connection);
    connection.tell(now.acceptor().opened(connection, handshake));
    client.opened(connection);
  }

  private TransportContext started() {
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  private static Handshake request(
      InetSocketAddress peer, String target, Map<String, List<String>> headers) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (mark >= 0) {
      for (String pair : target.substring(mark + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        query.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
      }
    }
    return new Handshake(peer, path, query, headers, null);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
