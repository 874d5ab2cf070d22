package dev.roomcast.redisson;

import java.util.concurrent.atomic.AtomicLong;
import org.redisson.client.codec.BaseCodec;
import org.redisson.client.protocol.Decoder;
import org.redisson.client.protocol.Encoder;

/**
 * Takes payloads as they are, unless too much waits for the listener. Redisson decodes on the
 * socket's thread, before it hands a message to the one that runs listeners; so the bound stands
 * here, and neither the socket's thread waits nor the heap fills. Thread-safe.
 */
final class HeardCodec extends BaseCodec {
  /** Of a type that no listener listens to. */
  private static final Object DROPPED = new Object();

  private final ListenerThread listeners;
  private final int mostMessages;
  private final int mostBytes;
  private final AtomicLong waitingBytes = new AtomicLong();

  HeardCodec(ListenerThread listeners, RedissonOptions options) {
    this.listeners = listeners;
    mostMessages = options.heardMessages();
    mostBytes = options.heardBytes();
  }

  /** A payload does not wait any more. */
  void delivered(int size) {
    waitingBytes.addAndGet(-size);
  }

  @Override
  public Decoder<Object> getValueDecoder() {
    return (buffer, state) -> {
      int waiting = listeners.getQueue().size();
      if (waiting == 0) {
        // What was unsubscribed meanwhile was never delivered.
        waitingBytes.set(0);
      }
      int size = buffer.readableBytes();
      boolean drop = waiting >= mostMessages || waitingBytes.get() > mostBytes;
      listeners.refuseNext(drop);
      if (drop) {
        return DROPPED;
      }
      waitingBytes.addAndGet(size);
      byte[] bytes = new byte[size];
      buffer.readBytes(bytes);
      return new HeardPayload(bytes);
    };
  }

  @Override
  public Encoder getValueEncoder() {
    throw new IllegalStateException("only heard by");
  }
}
