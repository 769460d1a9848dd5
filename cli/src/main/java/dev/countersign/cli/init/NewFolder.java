package dev.countersign.cli.init;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where new files are written, all or none, over nothing that is there. */
public final class NewFolder {
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path folder;

  /** A folder that is there, or will be made with the first file, for its owner alone. */
  public NewFolder(Path folder) {
    this.folder = folder;
  }

  /** Those of the names that something in the folder bears already. */
  public List<String> taken(Stream<String> names) {
    return names
        .filter(name -> Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /**
   * Writes the files, the secret ones for their owner alone.
   *
   * @throws FileAlreadyExistsException naming the file that is there already; nothing was written
   * @throws IOException if one cannot be written; those before it are gone again
   */
  public void write(List<NewFile> files) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, permissions("rwx------"));
    }
    List<Path> written = new ArrayList<>();
    try {
      for (NewFile file : files) {
        Path path = folder.resolve(file.name());
        // Made by this very call or not at all, so that what is taken back below is ours. Its name
        // is not looked up again for writing: by then it could lead elsewhere.
        try (SeekableByteChannel made =
            Files.newByteChannel(
                path, NEW, permissions(file.secret() ? "rw-------" : "rw-r--r--"))) {
          written.add(path);
          Channels.newOutputStream(made).write(file.content().getBytes(UTF_8));
        }
      }
    } catch (IOException e) {
      takeBack(written, e);
      throw e;
    }
  }

  private static void takeBack(List<Path> written, IOException failure) {
    for (Path path : written) {
      try {
        Files.delete(path);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private FileAttribute<?>[] permissions(String permissions) {
    Set<String> views = folder.getFileSystem().supportedFileAttributeViews();
    return views.contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
