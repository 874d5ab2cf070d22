package dev.roomcast.core.internal.runtime;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.time.TimeSource;

/** What clients do not get for want of room: counted, and logged at a limited rate. Thread-safe. */
public final class Losses {
  private final Observer observer;
  private final Complaints aboutInboxes;
  private final Complaints aboutClients; // slow ones are common: they must not hide a full inbox

  public Losses(Observer observer, TimeSource time) {
    this.observer = observer;
    aboutInboxes = new Complaints(time);
    aboutClients = new Complaints(time);
  }

  /** A loop did not take a message. */
  void rejected() {
    observer.count(Signal.PUBLISH_REJECTED);
    aboutInboxes.about(
        "the clients of an event loop do not get a message: its inbox is full, or it has closed");
  }

  /** A message for a client that is too slow is dropped. */
  void droppedFor(String clientId, boolean firstOfGap) {
    observer.count(Signal.MESSAGE_DROPPED_SLOW);
    if (firstOfGap) {
      aboutClients.about("client " + clientId + " is too slow: messages for it are dropped");
    }
  }

  /** A client that is too slow is closed, and loses what waits for it. */
  void closed(String clientId) {
    observer.count(Signal.SLOW_CONSUMER_CLOSED);
    aboutClients.about("client " + clientId + " is too slow and is closed");
  }
}
