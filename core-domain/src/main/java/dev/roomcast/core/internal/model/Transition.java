package dev.roomcast.core.internal.model;

import java.util.List;

/** The machine's answer: the next state, and what to do in order. */
public record Transition(SessionState next, List<Effect> effects) {

  static Transition to(SessionState next, Effect... effects) {
    return new Transition(next, List.of(effects));
  }
}
