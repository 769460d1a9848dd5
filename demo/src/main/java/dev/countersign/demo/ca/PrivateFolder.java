package dev.countersign.demo.ca;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A folder that belongs to one person: made with mode 0700, its files with 0600. Where the file
 * system knows no such modes, the folder's own rules count.
 */
final class PrivateFolder {
  private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(OWNER_READ, OWNER_WRITE);

  private final Path path;

  private PrivateFolder(Path path) {
    this.path = path;
  }

  /** The folder, made if it is not there; one that others can write to is refused. */
  static PrivateFolder open(Path wanted) throws UnusableFolderException {
    Path path = wanted.toAbsolutePath().normalize();
    try {
      if (!Files.isDirectory(path)) {
        create(path);
      }
      PrivateFolder folder = new PrivateFolder(path);
      if (folder.isPosix() && others(path, EnumSet.of(GROUP_WRITE, OTHERS_WRITE))) {
        throw new UnusableFolderException(
            path + " can be changed by others: chmod go-w it, or choose another folder.");
      }
      return folder;
    } catch (IOException e) {
      throw new UnusableFolderException(path + " cannot be made or read: " + e.getMessage(), e);
    }
  }

  private static void create(Path path) throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];
    Files.createDirectories(path, attributes);
  }

  Path file(String name) {
    return path.resolve(name);
  }

  boolean has(String name) {
    return Files.exists(file(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** The text of a secret file; one that others can read or change is refused. */
  String readSecret(String name) throws UnusableFolderException {
    Path file = file(name);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new UnusableFolderException(file + " is no file: delete it to begin anew.");
      }
      if (isPosix() && others(file, EnumSet.complementOf(EnumSet.copyOf(OWNER_ONLY)))) {
        throw new UnusableFolderException(
            file + " can be read by others: delete it, and trust the new authority instead.");
      }
      return Files.readString(file, US_ASCII);
    } catch (IOException e) {
      throw new UnusableFolderException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Writes a file whole or not at all, readable by its owner only. */
  void write(String name, String text) throws UnusableFolderException {
    Path file = file(name);
    try {
      // Made with mode 0600 by the JDK where there are modes.
      Path draft = Files.createTempFile(path, name, ".new");
      try {
        Files.writeString(draft, text, US_ASCII);
        Files.move(
            draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UnusableFolderException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private boolean isPosix() {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static boolean others(Path file, Set<PosixFilePermission> unwanted) throws IOException {
    return Files.getPosixFilePermissions(file).stream().anyMatch(unwanted::contains);
  }
}
