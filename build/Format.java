import com.google.googlejavaformat.java.Formatter;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Holds every Java file below the working directory to google-java-format: check, apply or skip.
 */
final class Format {
  private static final Set<String> NOT_SOURCES = Set.of("target", "node_modules");

  public static void main(String[] arguments) throws IOException {
    String mode = arguments[0];
    switch (mode) {
      case "skip" -> {}
      case "check", "apply" -> run(mode.equals("apply"));
      default -> throw new IllegalArgumentException("-Dformat is check, apply or skip: " + mode);
    }
  }

  private static void run(boolean apply) throws IOException {
    List<String> different =
        sources().parallelStream()
            .filter(file -> differs(file, apply))
            .map(Path::toString)
            .toList();
    different.forEach(
        file -> System.out.println((apply ? "formatted " : "not formatted: ") + file));
    if (!apply && !different.isEmpty()) {
      System.out.println("To mend: mvn -N validate -Dformat=apply");
      System.exit(1);
    }
  }

  private static boolean differs(Path file, boolean apply) {
    try {
      String source = Files.readString(file);
      String formatted = new Formatter().formatSourceAndFixImports(source);
      boolean differs = !formatted.equals(source);
      if (differs && apply) {
        Files.writeString(file, formatted);
      }
      return differs;
    } catch (Exception unreadable) {
      System.out.println(file + ": " + unreadable.getMessage());
      return true;
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> files = new ArrayList<>();
    Path root = Path.of("");
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String name = directory.getFileName().toString();
            return NOT_SOURCES.contains(name) || name.startsWith(".")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
