package dev.roomcast.simulation;

/** Whether something is so, as far as the model can tell. In this order. */
enum Certainty {
  NO,
  MAYBE,
  YES;

  static Certainty of(boolean so) {
    return so ? YES : NO;
  }

  Certainty and(Certainty other) {
    return compareTo(other) < 0 ? this : other;
  }

  Certainty not() {
    return switch (this) {
      case NO -> YES;
      case MAYBE -> MAYBE;
      case YES -> NO;
    };
  }

  /** What can be said if it was so once and may have been otherwise at another time. */
  Certainty merge(Certainty other) {
    return this == other ? this : MAYBE;
  }
}
