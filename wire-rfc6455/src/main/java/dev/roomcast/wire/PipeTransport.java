package dev.roomcast.wire;

import dev.roomcast.port.transport.BinaryTransport;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The life of a transport whose connections are byte pipes; an adapter says where it listens, and
 * brings requests and pipes to its {@link UpgradeGate}. Thread-safe.
 */
public abstract class PipeTransport implements BinaryTransport {

  /**
   * Who owns the listening socket and the threads: the adapter, or the server that it is embedded
   * in. Called by its transport alone, one call at a time.
   */
  public interface Host {

    /**
     * Begins to pass requests to the gate, which lets them through once this returned. Once.
     *
     * @return where clients connect, as far as known
     * @throws dev.roomcast.port.transport.TransportException if it cannot start
     */
    URI start(TransportContext context);

    /** Gives back what {@link #start} took; returns when it is released. Idempotent. */
    void close();

    /**
     * A server that somebody else starts, stops and routes: neither its host nor its port is known,
     * and it may not listen yet, so the address is the path alone.
     */
    static Host foreign() {
      return new Host() {
        @Override
        public URI start(TransportContext context) {
          return URI.create(context.settings().path());
        }

        @Override
        public void close() {}
      };
    }
  }

  private final Host host;
  private final UpgradeGate gate;
  private final LoopGroup loops;
  private final Object lifeCycle = new Object();

  /** Written once, with the life cycle's lock held. */
  private volatile @Nullable WebSocketWire wire;

  /**
   * For adapters.
   *
   * @param gate where the adapter's handler brings its requests
   * @param loops to which the adapter adds its loops
   */
  protected PipeTransport(Host host, UpgradeGate gate, LoopGroup loops) {
    this.host = host;
    this.gate = gate;
    this.loops = loops;
  }

  @Override
  public final TransportAddress start(TransportContext context) {
    synchronized (lifeCycle) {
      if (wire != null) {
        throw new IllegalStateException("started before");
      }
      WebSocketWire fresh = new WebSocketWire(context);
      wire = fresh;
      URI uri = host.start(context);
      gate.open(fresh);
      return new TransportAddress(uri);
    }
  }

  @Override
  public final PreparedMessage prepare(byte[] utf8, boolean compressible) {
    return started().prepare(utf8, compressible);
  }

  @Override
  public final PreparedMessage prepareBinary(byte[] payload, boolean compressible) {
    return started().prepareBinary(payload, compressible);
  }

  private WebSocketWire started() {
    WebSocketWire to = wire;
    if (to == null) {
      throw new IllegalStateException("not started");
    }
    return to;
  }

  @Override
  public final void stopAccepting() {
    WebSocketWire to = wire;
    if (to != null) {
      gate.shut();
      // What was answered 101 before is opened, rather than dropped.
      loops.settle();
      to.stopAccepting();
      // One that was being opened meanwhile is open when this returns.
      loops.settle();
    }
  }

  @Override
  public final void close() {
    synchronized (lifeCycle) {
      WebSocketWire to = wire;
      if (to != null) {
        stopAccepting();
        to.close();
        loops.close();
      }
      host.close();
    }
  }
}
