package dev.roomcast.port.bus;

/**
 * What a bus tells the core. Called by one thread at a time, in order; never blocks, never throws.
 */
public interface BusListener {

  /**
   * A message came.
   *
   * @param channel where it was published
   * @param payload not to be changed by anybody from now on
   */
  void onMessage(String channel, byte[] payload);

  /**
   * The connection was lost or came back. Only changes are told; the bus starts connected.
   *
   * @param connected whether messages can be published and heard
   */
  void onConnection(boolean connected);

  /**
   * Messages came that are lost, because too many waited for this listener.
   *
   * @param messages how many, 1 or more
   */
  default void onDropped(long messages) {}

  /** Hears nothing. */
  static BusListener none() {
    return new BusListener() {
      @Override
      public void onMessage(String channel, byte[] payload) {}

      @Override
      public void onConnection(boolean connected) {}
    };
  }
}
