package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.hub.Room;
import dev.roomcast.core.internal.model.Ending;
import java.util.concurrent.CompletableFuture;

/**
 * What can be asked of a loop. Executed in the order submitted, never inside the call that submits
 * it: otherwise a direct send would overtake a queued one.
 */
public sealed interface Command {
  /** What a message that waits holds besides its envelope, about so (measured on JDK 25). */
  int SEND_OVERHEAD_BYTES = 320;

  /** Sends a message to those selected. */
  record Send(Selection to, Exclusion except, OutboundMessage message, DeliveryTally tally)
      implements Command {}

  /**
   * Makes those selected join a room.
   *
   * @param claimed with one claim for this command, given back by it
   */
  record Join(Selection who, Exclusion except, Room<Shard> claimed, Gathering result)
      implements Command {}

  /** Makes those selected leave a room. */
  record Leave(Selection who, Exclusion except, String room, Gathering result) implements Command {}

  /** Closes those selected, after what was sent to them. */
  record Close(Selection who, Exclusion except, Ending ending, DeliveryTally tally)
      implements Command {}

  /** Closes every session of the loop, admitted or not. */
  record CloseAll(Ending ending) implements Command {}

  /**
   * Switches the application's encryption on; false to {@code done} if the client is not admitted.
   */
  record Encrypt(Session session, CompletableFuture<Boolean> done) implements Command {}

  /** Goes on with something that was finished elsewhere: a hook, a transformation, a wait. */
  record Continue(Runnable step) implements Command {}

  /**
   * Goes on with something that somebody outside waits for.
   *
   * @param abandoned runs instead, on any thread, if the loop closes before the step's turn
   */
  record ContinueOrAbandon(Runnable step, Runnable abandoned) implements Command {}

  /** What counts against the bound of the inbox, in bytes. */
  default int weight() {
    return this instanceof Send send ? send.message().size() + SEND_OVERHEAD_BYTES : 0;
  }
}
