package dev.roomcast.simulation.pipe;

import java.net.InetSocketAddress;

/** A listening socket on the loopback address whose connections become pipes of one loop. */
public interface PipeListening extends AutoCloseable {

  /** Where clients connect. */
  InetSocketAddress address();

  /** Ends the socket, the pipes and their loop. */
  @Override
  void close();
}
