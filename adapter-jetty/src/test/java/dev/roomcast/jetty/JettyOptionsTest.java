package dev.roomcast.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.api.Test;

final class JettyOptionsTest {
  private static final JettyOptions OPTIONS = JettyOptions.port(8080);

  @Test
  void listensOnLoopbackUnlessToldOtherwise() {
    assertThat(OPTIONS.host()).isEqualTo("127.0.0.1");
    assertThat(OPTIONS.withHost("0.0.0.0").host()).isEqualTo("0.0.0.0");
  }

  @Test
  void keepsWhatIsNotChanged() {
    JettyOptions changed =
        OPTIONS.withHost("::1").withPort(1).withIoThreads(3).withBacklog(5).withPages(page -> null);
    assertThat(changed.host()).isEqualTo("::1");
    assertThat(changed.port()).isEqualTo(1);
    assertThat(changed.ioThreads()).isEqualTo(3);
    assertThat(changed.backlog()).isEqualTo(5);
    assertThat(changed.handlers()).containsOnlyKeys("/");
  }

  @Test
  void namesOptionValueAndWhatIsAllowed() {
    assertThatThrownBy(() -> JettyOptions.port(70_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port is 70000, expected 0 to 65535");
    assertThatThrownBy(() -> OPTIONS.withIoThreads(0))
        .hasMessage("ioThreads is 0, expected 1 or more");
    assertThatThrownBy(() -> OPTIONS.withBacklog(0)).hasMessage("backlog is 0, expected 1 or more");
    assertThatThrownBy(() -> OPTIONS.withHost(" "))
        .hasMessage("host is  , expected a name or an address");
    assertThatThrownBy(() -> OPTIONS.withHandler("health", new Handler.Sequence()))
        .hasMessage("prefix is health, expected a path that starts with '/'");
  }
}
