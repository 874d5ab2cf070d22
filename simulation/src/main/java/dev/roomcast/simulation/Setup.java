package dev.roomcast.simulation;

/**
 * What a simulated cluster looks like.
 *
 * @param nodes servers, 1 or more
 * @param loops event loops of each
 * @param byInterest whether servers subscribe to rooms by interest
 * @param encryption whether clients must encrypt
 * @param dropsForSlow whether a slow client loses messages instead of its connection
 * @param faultyTransformer whether the transformer sometimes throws, yields nothing or hangs
 */
public record Setup(
    int nodes,
    int loops,
    boolean byInterest,
    Encryption encryption,
    boolean dropsForSlow,
    boolean faultyTransformer) {

  /** Who encrypts. */
  public enum Encryption {
    /** Whoever wants to, built-in or by the application. */
    OPTIONAL,
    /** Everyone, with the built-in encryption. */
    BUILT_IN_REQUIRED,
    /** Everyone, with the application's handshake and transformer. */
    OWN_REQUIRED
  }

  /** Servers with everything at its default. */
  public static Setup of(int nodes, int loops) {
    return new Setup(nodes, loops, false, Encryption.OPTIONAL, false, false);
  }

  /** The same, with rooms subscribed by interest. */
  public Setup subscribingByInterest() {
    return new Setup(nodes, loops, true, encryption, dropsForSlow, faultyTransformer);
  }

  /** The same with an encryption. */
  public Setup with(Encryption other) {
    return new Setup(nodes, loops, byInterest, other, dropsForSlow, faultyTransformer);
  }

  /** The same, dropping messages for slow clients. */
  public Setup droppingForSlow() {
    return new Setup(nodes, loops, byInterest, encryption, true, faultyTransformer);
  }

  /** The same, with a transformer that fails at times. */
  public Setup withFaultyTransformer() {
    return new Setup(nodes, loops, byInterest, encryption, dropsForSlow, true);
  }
}
