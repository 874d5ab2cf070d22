package dev.roomcast.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoomNamesTest {
  private static final String MINE = "123e4567-e89b-42d3-a456-426614174000";
  private static final String ANOTHER = "123e4567-e89b-42d3-a456-426614174001";

  @ParameterizedTest
  @ValueSource(
      strings = {"a", " ", "lobby", "ws", "ws-default", "WS:upper", "x ws:", "zoë", "😀", "\n"})
  void allows(String name) {
    assertThat(RoomNames.valid(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ws:", "ws:room:x", "\uD83D", "x\uDE00", "\uDE00\uD83D"})
  void refuses(String name) {
    assertThat(RoomNames.valid(name)).isFalse();
  }

  @Example
  void countsUnitsAndNotCharacters() {
    assertThat(RoomNames.valid("x".repeat(256))).isTrue();
    assertThat(RoomNames.valid("x".repeat(257))).isFalse();
    assertThat(RoomNames.valid("😀".repeat(128))).isTrue();
    assertThat(RoomNames.valid("😀".repeat(128) + "x")).isFalse();
  }

  @Property
  void allowsEveryWord(@ForAll @AlphaChars @StringLength(min = 1, max = 256) String name) {
    assertThat(RoomNames.valid(name)).isTrue();
    assertThat(RoomNames.askable(name, MINE)).isTrue();
  }

  @Property
  void reservesThePrefixWhateverFollows(@ForAll String rest) {
    assertThat(RoomNames.valid("ws:" + rest)).isFalse();
  }

  @Example
  void letsClientsAskForTheirOwnRoomAlone() {
    assertThat(RoomNames.askable(MINE, MINE)).isTrue();
    assertThat(RoomNames.askable(ANOTHER, MINE)).isFalse();
    assertThat(RoomNames.askable(ANOTHER.toUpperCase(java.util.Locale.ROOT), MINE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123e4567-e89b-42d3-a456-42661417400",
        "123e4567-e89b-42d3-a456-4266141740011",
        "123e4567e89b42d3a456426614174001",
        "room-123e4567-e89b-42d3-a456-426614174001",
        "123e4567-e89b-42d3-a456-42661417400g"
      })
  void letsClientsAskForWhatOnlyLooksLikeAnId(String name) {
    assertThat(RoomNames.askable(name, MINE)).isTrue();
  }

  @Example
  void saysWhatIsAllowed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RoomNames.requireValid("ws:x"))
        .withMessageContainingAll("'ws:x'", "1 to 256", "'ws:'");
  }
}
