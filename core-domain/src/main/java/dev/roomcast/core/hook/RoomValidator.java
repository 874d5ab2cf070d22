package dev.roomcast.core.hook;

import dev.roomcast.core.audience.Client;
import java.util.Collection;
import java.util.List;

/**
 * Decides which rooms a client may join on its own. Without one, every client's join is refused.
 * Runs on a virtual thread and may block.
 *
 * @param <M> the application's metadata
 */
@FunctionalInterface
public interface RoomValidator<M> {

  /**
   * Chooses from what a client asks for.
   *
   * @param asked valid names, without repetition, in the order asked
   * @return those allowed; names that were not asked for are ignored
   * @throws Exception where nothing can be decided: the client joins none, it is logged and
   *     counted, and a request with an id is answered with the error "Internal error", upon which
   *     {@code roomcast.js} asks again. To refuse, return without the name
   */
  Collection<String> allowed(Client<M> client, List<String> asked) throws Exception;
}
