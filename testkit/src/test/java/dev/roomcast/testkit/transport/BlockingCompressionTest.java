package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Transport;

/** The contract accepts what is right. */
final class BlockingCompressionTest extends CompressionContract {

  @Override
  protected Transport newTransport() {
    return new BlockingTransport(0);
  }
}
