package dev.countersign.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds the sources once more, in another place. Takes half a minute, and needs the network. */
@Tag("full")
class ReproducibleIT {
  private static final Path ROOT = Path.of(System.getProperty("countersign.root"));
  private static final Set<String> NO_SOURCES = Set.of("target", ".git");

  @TempDir private Path folder;

  @Test
  void theSameSourcesGiveTheSameBytesElsewhere() throws Exception {
    Download.assumeMade();
    Path copy = folder.resolve("elsewhere");
    copy(ROOT, copy);
    Path log = folder.resolve("build.log");
    ProcessBuilder maven =
        new ProcessBuilder(
                Path.of(System.getProperty("countersign.maven"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-q",
                "-Pquick",
                "-pl",
                "dist",
                "-am",
                "package")
            .directory(copy.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // Tests run in another Java than Maven, which writes its own version into the jars.
    maven.environment().put("JAVA_HOME", System.getProperty("countersign.maven.java"));
    Process build = maven.start();
    assertThat(build.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(build.exitValue()).as(Files.readString(log)).isZero();
    Path again = copy.resolve("dist/target").resolve(Download.ZIP.getFileName());
    assertThat(Files.mismatch(again, Download.ZIP)).isEqualTo(-1);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    List<Path> children;
    try (Stream<Path> all = Files.list(from)) {
      children = all.filter(file -> !NO_SOURCES.contains(name(file))).toList();
    }
    for (Path child : children) {
      if (Files.isDirectory(child)) {
        copy(child, to.resolve(name(child)));
      } else {
        Files.copy(child, to.resolve(name(child)));
      }
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
