package dev.roomcast.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

final class ListenOptionsTest {
  private static final Options OPTIONS = Options.port(8080);

  /** For a library whose handlers are texts. */
  private static final class Options extends ListenOptions<String, Options> {
    private Options(Values<String> values) {
      super(values);
    }

    static Options port(int port) {
      return new Options(loopback(port));
    }

    @Override
    protected Options with(Values<String> changed) {
      return new Options(changed);
    }

    @Override
    protected String handler(PageHandler pages) {
      return "pages";
    }
  }

  @Test
  void listensOnLoopbackUnlessToldOtherwise() {
    assertThat(OPTIONS.host()).isEqualTo("127.0.0.1");
    assertThat(OPTIONS.withHost("0.0.0.0").host()).isEqualTo("0.0.0.0");
  }

  @Test
  void keepsWhatIsNotChanged() throws NoSuchAlgorithmException {
    SSLContext tls = SSLContext.getDefault();
    Options changed =
        OPTIONS
            .withPages(page -> null)
            .withTls(tls)
            .withHost("::1")
            .withPort(1)
            .withIoThreads(3)
            .withBacklog(5)
            .withHandler("/health", "health");
    assertThat(changed.host()).isEqualTo("::1");
    assertThat(changed.port()).isEqualTo(1);
    assertThat(changed.ioThreads()).isEqualTo(3);
    assertThat(changed.backlog()).isEqualTo(5);
    assertThat(changed.tls()).isSameAs(tls);
    assertThat(changed.handlers()).isEqualTo(Map.of("/", "pages", "/health", "health"));
    assertThat(OPTIONS.handlers()).isEmpty();
  }

  @Test
  void namesOptionValueAndWhatIsAllowed() {
    assertThatThrownBy(() -> Options.port(70_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port is 70000, expected 0 to 65535");
    assertThatThrownBy(() -> OPTIONS.withIoThreads(0))
        .hasMessage("ioThreads is 0, expected 1 or more");
    assertThatThrownBy(() -> OPTIONS.withBacklog(0)).hasMessage("backlog is 0, expected 1 or more");
    assertThatThrownBy(() -> OPTIONS.withHost(" "))
        .hasMessage("host is  , expected a name or an address");
    assertThatThrownBy(() -> OPTIONS.withHandler("health", "health"))
        .hasMessage("prefix is health, expected a path that starts with '/'");
  }
}
