package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

final class GlobTest {

  @Test
  void escapesWhatRedisTakesForAPattern() {
    assertThat(Glob.pattern("ws:room:")).isEqualTo("ws:room:*");
    assertThat(Glob.pattern("a*?[b-c]^\\")).isEqualTo("a\\*\\?\\[b-c]^\\\\*");
  }

  @Property
  void findsThePrefixAgain(
      @ForAll @Chars({'*', '?', '[', ']', '^', '\\'}) @CharRange(from = 'a', to = 'c')
          String prefix) {
    assertThat(Glob.prefix(Glob.pattern(prefix))).isEqualTo(prefix);
  }
}
