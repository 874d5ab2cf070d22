package dev.roomcast.core.hook;

import java.util.Optional;

/**
 * Decides who a client is. Runs on a virtual thread and may block, beside the client's other hooks;
 * it has three times {@code authTimeout}. Nothing interrupts it then, so bound your own waiting:
 * for as long as it runs it keeps its client's place among those not authenticated ({@code
 * maxUnauthenticated}), also where that client is gone.
 *
 * @param <A> what a client sends as the data of {@code authenticate}
 * @param <M> the application's metadata
 */
@FunctionalInterface
public interface Authenticator<A, M> {

  /**
   * Authenticates a client, for the first time or anew.
   *
   * @param data bound from the message; what does not bind is refused without asking
   * @return empty to refuse
   * @throws Exception to refuse; it is logged and never sent
   */
  Optional<Admission<M>> authenticate(A data, ConnectRequest request) throws Exception;
}
