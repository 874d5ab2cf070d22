package dev.roomcast.server.login;

import java.util.Map;
import java.util.Optional;

/** The tokens that are known. Immutable. */
record Tokens(Map<TokenHash, Holder> holders) {

  Tokens {
    holders = Map.copyOf(holders);
  }

  Optional<Holder> holder(String token) {
    return Optional.ofNullable(holders.get(TokenHash.of(token)));
  }

  /** How many there are. */
  @Override
  public String toString() {
    return "Tokens[" + holders.size() + "]";
  }
}
