package dev.roomcast.simulation;

/**
 * What a client says in {@code authenticate}, and how the authenticator takes it.
 *
 * @param user modulo the number of users; not used for anonymous clients
 * @param millis how long the authenticator takes
 * @param withKey whether the client offers a public key
 */
public record Login(Answer answer, int user, int millis, boolean withKey) {

  /** How the authenticator takes it. */
  public enum Answer {
    ADMIT,
    ADMIT_ANONYMOUS,
    REFUSE,
    THROW,
    /** An {@code Error} escapes. */
    CRASH,
    /** What the client says is no JSON object, so that the authenticator is not asked. */
    UNREADABLE;

    /** Whether the client is admitted. */
    public boolean admits() {
      return this == ADMIT || this == ADMIT_ANONYMOUS;
    }
  }

  /** Admitted at once as a user who offers a key. */
  public static Login as(int user) {
    return new Login(Answer.ADMIT, user, 0, true);
  }
}
