import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs google-java-format over every Java file of the repository: {@code check} names the files
 * that are not formatted and fails, {@code apply} formats them.
 */
final class Format {
  private static final Set<String> SKIPPED = Set.of(".git", "target", "node_modules");

  private Format() {}

  public static void main(String[] args) throws Exception {
    boolean apply = args[0].equals("apply");
    List<String> options =
        apply ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed");
    String[] command =
        Stream.concat(options.stream(), sources(Path.of(args[1])).stream()).toArray(String[]::new);
    int exit =
        new Main(new PrintWriter(System.out, true), new PrintWriter(System.err, true), System.in)
            .format(command);
    if (exit != 0 && !apply) {
      System.err.println("Not formatted (named above). To format: mvn -N -Pformat validate");
    }
    System.exit(exit);
  }

  private static List<String> sources(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().flatMap(Format::sourcesIn).toList();
    }
  }

  private static Stream<String> sourcesIn(Path path) {
    if (Files.isDirectory(path)) {
      try {
        return SKIPPED.contains(path.getFileName().toString())
            ? Stream.of()
            : sources(path).stream();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return path.toString().endsWith(".java") ? Stream.of(path.toString()) : Stream.of();
  }
}
