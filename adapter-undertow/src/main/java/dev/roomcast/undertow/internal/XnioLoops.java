package dev.roomcast.undertow.internal;

import dev.roomcast.wire.LoopGroup;
import java.util.concurrent.ConcurrentHashMap;
import org.xnio.XnioIoThread;

/** The loops of one transport, one for each I/O thread that has a connection. Thread-safe. */
public final class XnioLoops {
  private final ConcurrentHashMap<XnioIoThread, XnioLoop> loops = new ConcurrentHashMap<>();
  private final LoopGroup group;

  /**
   * Loops that end with a group.
   *
   * @param group each of them is added to
   */
  public XnioLoops(LoopGroup group) {
    this.group = group;
  }

  /** The loop that is this thread; always the same. */
  public XnioLoop of(XnioIoThread thread) {
    return loops.computeIfAbsent(thread, of -> group.add(new XnioLoop(of)));
  }
}
