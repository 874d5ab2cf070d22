package dev.roomcast.server.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RoomPatternTest {

  @ParameterizedTest
  @CsvSource({
    "lobby, lobby, true",
    "lobby, Lobby, false",
    "lobby, lobby2, false",
    "*, anything at all, true",
    "public-*, public-, true",
    "public-*, public-a-b, true",
    "public-*, private-a, false",
    "*-public, a-public, true",
    "a*a, a, false",
    "a*b*c, abc, true",
    "a*b*c, a-b-b-c, true",
    "a*b*c, a-c, false",
    "a*bc*c, abc, false",
    "user-${userId}, user-ann, true",
    "user-${userId}, user-bob, false",
    "${userId}-*, ann-notes, true",
    "(.*), anything, false",
  })
  void holdsForRooms(String pattern, String room, boolean allowed) {
    assertThat(RoomPattern.parse(pattern).allows(room, "ann")).isEqualTo(allowed);
  }

  @Test
  void takesTheStarInAUsersIdForAStarOnly() {
    RoomPattern own = RoomPattern.parse("user-${userId}");

    assertThat(own.allows("user-ann", "*")).isFalse();
    assertThat(own.allows("user-*", "*")).isTrue();
  }

  @Test
  void allowsNoRoomOfAUserToAnAnonymousClient() {
    assertThat(RoomPattern.parse("user-${userId}").allows("user-${userId}", null)).isFalse();
    assertThat(RoomPattern.parse("public-*").allows("public-1", null)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "${user}", "a-${", "${userId}-${x}"})
  void refusesWhatIsNoPattern(String source) {
    assertThatThrownBy(() -> RoomPattern.parse(source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + source + "', expected ");
  }

  @Property
  void agreesWithARegularExpression(
      @ForAll("patterns") String pattern, @ForAll("rooms") String room) {
    String expression =
        List.of(pattern.split("\\*", -1)).stream()
            .map(Pattern::quote)
            .reduce((left, right) -> left + ".*" + right)
            .orElseThrow();

    assertThat(RoomPattern.parse(pattern).allows(room, "u"))
        .isEqualTo(room.matches("(?s)" + expression));
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars('a', 'b', '*').ofMinLength(1).ofMaxLength(6);
  }

  @Provide
  Arbitrary<String> rooms() {
    return Arbitraries.strings().withChars('a', 'b').ofMaxLength(6);
  }
}
