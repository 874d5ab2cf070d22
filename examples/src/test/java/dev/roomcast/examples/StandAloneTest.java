package dev.roomcast.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The examples as a user has them: stand-alone projects that find Roomcast in a local repository
 * where only this build has installed something. Their own tests start them.
 */
final class StandAloneTest {
  private static final Path EXAMPLES = Path.of("").toAbsolutePath();
  private static final long PATIENCE_MINUTES = 10;

  @Test
  @Timeout(value = PATIENCE_MINUTES + 1, unit = TimeUnit.MINUTES)
  void buildAndPassTheirTests() throws Exception {
    forgetEarlierBuilds();
    Path log = EXAMPLES.resolve("target/stand-alone.log");
    ProcessBuilder maven =
        new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log.toFile());
    maven.environment().remove("MAVEN_OPTS");
    Process build = maven.start();
    try {
      assertTrue(build.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), "the build ends; see " + log);
    } finally {
      build.descendants().forEach(ProcessHandle::destroyForcibly);
      build.destroyForcibly();
    }

    assertEquals(0, build.exitValue(), () -> "what Maven said:\n" + read(log));
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString());
    command.addAll(List.of("-B", "-ntp", "-f", EXAMPLES.resolve("stand-alone.xml").toString()));
    command.addAll(List.of("-gs", EXAMPLES.resolve("settings.xml").toString()));
    command.add("-Dmaven.repo.local=" + System.getProperty("examples.repository"));
    command.add("-Dordinary.repository=" + System.getProperty("ordinary.repository"));
    if ("offline=true".equals(System.getProperty("examples.maven"))) {
      // Still from the disk, which counts as a remote repository here.
      command.addAll(List.of("-o", "-Daether.offline.protocols=file"));
    }
    command.add("verify");
    return command;
  }

  private static void forgetEarlierBuilds() throws IOException {
    try (Stream<Path> examples = Files.list(EXAMPLES)) {
      for (Path example : examples.filter(path -> Files.exists(path.resolve("pom.xml"))).toList()) {
        delete(example.resolve("target"));
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return "nothing that can be read: " + unreadable;
    }
  }
}
