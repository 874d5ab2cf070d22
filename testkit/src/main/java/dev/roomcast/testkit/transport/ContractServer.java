package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.Verdict;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** The core's side of a contract test. Thread-safe. */
final class ContractServer implements Acceptor {
  private final long patienceMillis;
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final List<Handshake> asked = new CopyOnWriteArrayList<>();
  private final List<Handshake> opened = new CopyOnWriteArrayList<>();
  private final List<ServerEnd> ends = new CopyOnWriteArrayList<>();
  private volatile Function<Handshake, Verdict> verdict = request -> Verdict.accept();
  private volatile Consumer<ServerEnd> onOpen = end -> {};

  ContractServer(long patienceMillis) {
    this.patienceMillis = patienceMillis;
  }

  void verdict(Function<Handshake, Verdict> decision) {
    verdict = decision;
  }

  /** Runs inside opened(). */
  void onOpen(Consumer<ServerEnd> reaction) {
    onOpen = reaction;
  }

  @Override
  public Verdict admit(Handshake request) {
    asked.add(request);
    return verdict.apply(request);
  }

  @Override
  public ConnectionListener opened(Connection connection, Handshake handshake) {
    ServerEnd end = new ServerEnd(connection, violations::add, patienceMillis);
    if (!connection.loop().inLoop()) {
      violations.add("T02: opened off the connection's loop");
    }
    end.opening(true);
    onOpen.accept(end);
    end.opening(false);
    opened.add(handshake);
    ends.add(end);
    return end;
  }

  /** The requests that admit() was asked about. */
  List<Handshake> asked() {
    return asked;
  }

  /** The requests of the connections that were opened. */
  List<Handshake> opened() {
    return opened;
  }

  /** The connections, in the order in which they were opened. */
  List<ServerEnd> ends() {
    return ends;
  }

  /** Which promises of the port were broken, each beginning with its rule where it has a number. */
  List<String> violations() {
    return violations;
  }
}
