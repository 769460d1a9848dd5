package dev.countersign.dist;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The zip that the build made. */
final class Download {
  static final Path ZIP = Path.of(System.getProperty("countersign.zip"));
  static final String VERSION = System.getProperty("countersign.version");
  static final String FOLDER = "countersign-" + VERSION;

  private Download() {}

  /** Skips the test where there is no zip, which is so after an offline build only. */
  static void assumeMade() {
    Assumptions.assumeTrue(Files.exists(ZIP), "Maven worked offline and made no zip");
  }

  /** Unpacks it as unzip does, with modes and times, and gives its one folder back. */
  static Path unpack(Path target) throws IOException {
    try (FileSystem zip = open();
        Stream<Path> entries = Files.walk(zip.getPath("/"))) {
      List<Path> all = entries.toList();
      for (Path entry : all) {
        Path file = target.resolve(entry.toString().substring(1));
        if (Files.isDirectory(entry)) {
          Files.createDirectories(file);
        } else {
          Files.copy(entry, file);
          Files.setPosixFilePermissions(file, mode(entry));
          Files.setLastModifiedTime(file, Files.getLastModifiedTime(entry));
        }
      }
    }
    return target.resolve(FOLDER);
  }

  /** The zip as a file system that knows modes. */
  static FileSystem open() throws IOException {
    return FileSystems.newFileSystem(
        URI.create("jar:" + ZIP.toUri()), Map.of("enablePosixFileAttributes", "true"));
  }

  static Set<PosixFilePermission> mode(Path file) throws IOException {
    return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
  }
}
