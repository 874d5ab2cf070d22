package dev.roomcast.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The tests of {@code roomcast.js} and the page, which are written in JavaScript. */
final class JavaScriptTest {

  @Test
  void passesItsOwnTests() throws Exception {
    Process node =
        NodeProcess.command("--test", "--test-reporter=tap").redirectErrorStream(true).start();
    String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(node.waitFor()).as(said).isZero();
    assertThat(said).containsPattern("(?m)^# pass [1-9]");
  }
}
