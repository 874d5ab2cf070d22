package dev.roomcast.core.hook;

/**
 * Handles an event of an authenticated client. Messages of one client are handled in the order they
 * came, one at a time; handlers of different clients run at the same time.
 *
 * @param <M> the application's metadata
 * @param <T> the type of the event's data
 */
@FunctionalInterface
public interface MessageHandler<M, T> {

  /**
   * Handles a message.
   *
   * @param data bound from the message; data that does not bind is answered with the error "Invalid
   *     message format" without asking
   * @throws Exception is logged and counted; a request with an id is answered with the error
   *     "Internal error"
   */
  void handle(Call<M> call, T data) throws Exception;
}
