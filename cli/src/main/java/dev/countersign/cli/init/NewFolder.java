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

/** Where new files are written, in folders below it too, all or none, over nothing there. */
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
   * Writes the files, the secret ones for their owner alone, and makes the folders that are missing
   * on their way.
   *
   * @throws FileAlreadyExistsException naming the file that is there already; nothing was written
   * @throws IOException if one cannot be written; all that was made before it is gone again
   */
  public void write(List<NewFile> files) throws IOException {
    List<Path> made = new ArrayList<>();
    try {
      for (NewFile file : files) {
        write(file, made);
      }
    } catch (IOException e) {
      takeBack(made.reversed(), e);
      throw e;
    }
  }

  private void write(NewFile file, List<Path> made) throws IOException {
    Path path = folder.resolve(file.name()).toAbsolutePath();
    makeFolderOf(path, made);
    // Made by this very call or not at all, so that what is taken back is ours. Its name is not
    // looked up again for writing: by then it could lead elsewhere.
    try (SeekableByteChannel opened =
        Files.newByteChannel(path, NEW, permissions(file.secret() ? "rw-------" : "rw-r--r--"))) {
      made.add(path);
      Channels.newOutputStream(opened).write(file.content().getBytes(UTF_8));
    }
  }

  private void makeFolderOf(Path path, List<Path> made) throws IOException {
    Path wanted = path.getParent();
    if (wanted == null || Files.isDirectory(wanted)) {
      return;
    }
    makeFolderOf(wanted, made);
    Files.createDirectory(wanted, permissions("rwx------"));
    made.add(wanted);
  }

  private static void takeBack(List<Path> made, IOException failure) {
    for (Path path : made) {
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
