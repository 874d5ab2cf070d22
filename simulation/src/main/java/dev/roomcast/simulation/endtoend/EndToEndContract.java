package dev.roomcast.simulation.endtoend;

/**
 * What any client of a server must see, whatever carries it: a whole {@link
 * dev.roomcast.core.RoomServer} on the transport in question, over real sockets on the loopback
 * address, with the JDK's own WebSocket client at the other end. Messages, close codes and reasons
 * are compared exactly, so all transports that pass look the same to a client.
 *
 * <p>An adapter's own test extends this class and says how to make a transport, and which codec to
 * use. The tests stand in the classes above this one, by subject: admission, rooms, closes, order,
 * load. Each bears the close code, or the promise, that it checks.
 */
public abstract class EndToEndContract extends LoadContract {

  /** For subclasses. */
  protected EndToEndContract() {}
}
