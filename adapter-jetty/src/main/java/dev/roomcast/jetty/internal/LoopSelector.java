package dev.roomcast.jetty.internal;

import java.io.IOException;
import java.nio.channels.Selector;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;

/**
 * A selector of Jetty that gives its loop a turn before each look for I/O, as Jetty comes by here
 * when it has handed out everything that the look before has reported.
 */
final class LoopSelector extends ManagedSelector {
  private final JettyLoop loop;

  LoopSelector(SelectorManager manager, int id, JettyLoop loop) {
    super(manager, id);
    this.loop = loop;
  }

  JettyLoop loop() {
    return loop;
  }

  @Override
  protected int nioSelect(Selector selector, boolean now) throws IOException {
    return now ? selector.selectNow() : loop.turns().select(selector);
  }

  @Override
  protected void doStop() throws Exception {
    try {
      super.doStop();
    } finally {
      loop.turns().end();
    }
  }
}
