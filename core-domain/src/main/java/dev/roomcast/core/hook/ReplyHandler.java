package dev.roomcast.core.hook;

import org.jspecify.annotations.Nullable;

/**
 * Handles an event and answers it, under the request's event and id. Otherwise like {@link
 * MessageHandler}.
 *
 * @param <M> the application's metadata
 * @param <T> the type of the event's data
 */
@FunctionalInterface
public interface ReplyHandler<M, T> {

  /**
   * Handles a message.
   *
   * @return the answer's data; null answers nothing
   * @throws Exception as in {@link MessageHandler#handle}
   */
  @Nullable Object handle(Call<M> call, T data) throws Exception;
}
