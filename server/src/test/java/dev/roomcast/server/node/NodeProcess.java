package dev.roomcast.server.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Runs Node where there is one, and says so where there is none. */
final class NodeProcess {
  /** Where the tests of the JavaScript are, from the module's directory. */
  private static final Path SCRIPTS = Path.of("src", "test", "js").toAbsolutePath();

  private NodeProcess() {}

  /** Where Node is: on the path. */
  private static Optional<Path> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(folder -> Path.of(folder, "node"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it among the scripts; the test that asks for it is skipped where there is none. */
  static ProcessBuilder command(String... arguments) throws IOException {
    Optional<Path> node = find();
    if (node.isEmpty()) {
      System.out.println("No Node found, so what needs one is not tested");
    }
    Assumptions.assumeTrue(node.isPresent(), "no Node found");
    List<String> command = new ArrayList<>(List.of(node.get().toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(SCRIPTS.toFile());
  }
}
