package dev.roomcast.core.hook;

import dev.roomcast.core.audience.Client;
import dev.roomcast.port.codec.Json;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Turns every message to an encrypted client into what goes out: the seed's {@code
 * outboundTransformer}. Not asked for plain clients. Called on a virtual thread, one message of a
 * client at a time, {@code encryptedBatchLimit} clients at once.
 *
 * <p>It fails closed: where it throws, takes longer than {@code transformTimeout}, or yields null,
 * the message is dropped and the client closed with 4004.
 *
 * @param <M> the application's metadata
 */
@FunctionalInterface
public interface OutboundTransformer<M> {

  /**
   * Transforms one message. May block, or complete the stage later on any thread.
   *
   * @param data null where the message has none
   * @throws Exception to drop the message and close the client
   */
  CompletionStage<Transformed> transform(Client<M> client, String event, @Nullable Json data)
      throws Exception;
}
