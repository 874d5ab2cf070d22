package dev.roomcast.server.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium of its own, driven over its DevTools protocol. */
final class Chromium implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/.*");
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Path MACOS =
      Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path profile;
  private final String address;

  private Chromium(Process process, Path profile, String address) {
    this.process = process;
    this.profile = profile;
    this.address = address;
  }

  /** Where a Chromium is: {@code ROOMCAST_TEST_CHROMIUM}, the path, or macOS's place for Chrome. */
  static Optional<Path> find() {
    Stream<Path> given =
        Optional.ofNullable(System.getenv("ROOMCAST_TEST_CHROMIUM")).map(Path::of).stream();
    Stream<Path> onPath =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
    return Stream.of(given, onPath, Stream.of(MACOS))
        .flatMap(places -> places)
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path executable) throws IOException {
    Path profile = Files.createTempDirectory("roomcast-chromium");
    List<String> command = new ArrayList<>(List.of(executable.toString(), "--headless"));
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--no-sandbox"); // Chromium refuses to run as root with it
    }
    command.addAll(
        List.of(
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "--disable-gpu",
            "--disable-quic",
            "--disable-sync",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "about:blank"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new Chromium(process, profile, awaitAddress(process));
  }

  private static String awaitAddress(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      Matcher listening = LISTENING.matcher(line);
      if (listening.matches()) {
        // Somebody has to read on, or the browser stops when the pipe is full.
        Thread.ofVirtual().start(() -> drain(output));
        return listening.group(1);
      }
    }
    throw new IOException("Chromium did not start:\n" + said);
  }

  private static void drain(BufferedReader output) {
    try {
      while (output.readLine() != null) {
        // what it says is of no interest
      }
    } catch (IOException ended) {
      // with the process
    }
  }

  /** Opens a page in a tab of its own. */
  Tab open(URI page) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/json/new?" + page))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    Object socket = JsonMapper.shared().readValue(body, Map.class).get("webSocketDebuggerUrl");
    return new Tab(http, URI.create(String.valueOf(socket)));
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(Chromium::delete);
    } catch (UncheckedIOException | NoSuchFileException stillInUse) {
      // a process of the browser's that has not quite ended; it is in the temporary folder
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException stillInUse) {
      throw new UncheckedIOException(stillInUse);
    }
  }
}
