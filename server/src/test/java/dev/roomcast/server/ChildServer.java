package dev.roomcast.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The runnable server as a process of its own, with the class path of the tests. */
public final class ChildServer implements AutoCloseable {
  private static final Pattern READY = Pattern.compile(".*ready at (http://\\S+).*");

  private final Process process;
  private final URI page;

  private ChildServer(Process process, URI page) {
    this.process = process;
    this.page = page;
  }

  /** Starts it and waits until it is ready. */
  public static ChildServer start(String... arguments) throws IOException {
    return start(Map.of(), arguments);
  }

  /** The same with more variables in its environment. */
  public static ChildServer start(Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder child = new ProcessBuilder(command).redirectErrorStream(true);
    child.environment().putAll(environment);
    Process process = child.start();
    BufferedReader output = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        return new ChildServer(process, URI.create(ready.group(1)));
      }
    }
    throw new IOException("the server did not start:\n" + said);
  }

  /** Where its page is. */
  public URI page() {
    return page;
  }

  /** Asks it to end, as an operator would, and waits. */
  public int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the server did not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    try {
      terminate();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
