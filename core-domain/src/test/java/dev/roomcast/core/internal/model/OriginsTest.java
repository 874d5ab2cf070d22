package dev.roomcast.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginsTest {
  private static final Set<String> LOCAL = Set.of("http://localhost:*", "http://[::1]:*");

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost", "http://localhost:8080", "http://[::1]:8080"})
  void allowAnyPortWhereThatIsSaid(String origin) {
    assertThat(Origins.allows(LOCAL, origin)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://localhost:8080",
        "http://localhost.evil.example",
        "http://evil.example:8080",
        "http://localhost:8080.evil.example",
        "null",
        ""
      })
  void refuseEveryOther(String origin) {
    assertThat(Origins.allows(LOCAL, origin)).isFalse();
  }

  @Test
  void allowOnePortWhereOneIsSaid() {
    Set<String> one = Set.of("http://localhost:3000");

    assertThat(Origins.allows(one, "http://localhost:3000")).isTrue();
    assertThat(Origins.allows(one, "http://localhost:3001")).isFalse();
  }

  @Test
  void allowAllWhereNoneIsNamed() {
    assertThat(Origins.allows(Set.of(), "https://anything.example")).isTrue();
  }
}
