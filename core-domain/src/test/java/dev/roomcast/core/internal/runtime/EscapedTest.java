package dev.roomcast.core.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class EscapedTest {

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void leavesAloneWhatIsHarmless() {
    var thrown = new IllegalStateException("tab\tand é", new IllegalArgumentException());

    assertThat(Escaped.of(thrown)).isSameAs(thrown);
  }

  @Test
  void keepsTypeTextAndStack() {
    var thrown = new IllegalArgumentException("room is 'x\r\nlevel=ERROR\u001b[2J\u2028forged'");
    Throwable shown = Escaped.of(thrown);

    assertThat(shown)
        .hasToString(
            Escaped.class.getName()
                + ": java.lang.IllegalArgumentException:"
                + " room is 'x\\u000d\\u000alevel=ERROR\\u001b[2J\\u2028forged'");
    assertThat(shown.getStackTrace()).isEqualTo(thrown.getStackTrace());
  }

  @Test
  void escapesCausesAndSuppressedOnes() {
    var thrown = new IllegalStateException("fine", new IllegalArgumentException("a\nforged"));
    thrown.addSuppressed(new IllegalArgumentException("b\nforged"));
    var suppressing = new IllegalStateException("fine");
    suppressing.addSuppressed(thrown);

    assertThat(printed(Escaped.of(thrown)))
        .contains("IllegalStateException: fine", "a\\u000aforged", "b\\u000aforged")
        .doesNotContain("\nforged");
    assertThat(printed(Escaped.of(suppressing))).contains("b\\u000aforged");
  }

  @Test
  void endsWhereCausesGoRoundInACircle() {
    var inner = new IllegalArgumentException("inner\n");
    var outer = new IllegalStateException("outer", inner);
    inner.initCause(outer);

    assertThat(printed(Escaped.of(outer))).contains("outer", "inner\\u000a");
  }
}
