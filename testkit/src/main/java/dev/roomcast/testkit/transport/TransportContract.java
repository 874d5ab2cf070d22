package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Transport;

/**
 * What every {@link Transport} must do, over real sockets on the loopback address; each test bears
 * the rule of the port that it checks, or the close code. An adapter's own test extends this class
 * and says how to make a transport.
 *
 * <p>The tests stand in the classes above this one, by subject: life cycle, upgrade, messages,
 * violations, close, backpressure, loop. The clients are sockets that write what a test says, and
 * the JDK's own WebSocket; the core's side watches every callback, so a promise that is broken in
 * passing fails the test in which it happens, too.
 */
public abstract class TransportContract extends LoopContract {

  /** For subclasses. */
  protected TransportContract() {}
}
