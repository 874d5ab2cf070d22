package example.nio;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.simulation.endtoend.EndToEndContract;

final class NioEndToEndTest extends EndToEndContract {

  @Override
  protected Transport newTransport() {
    return new NioTransport("127.0.0.1", 0, 2);
  }

  @Override
  protected Codec codec() {
    return JacksonCodec.create();
  }
}
