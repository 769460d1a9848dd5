package dev.countersign.server.config;

import dev.countersign.requirement.Enforces;
import dev.countersign.server.config.Kind.WrongValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that tells of people and is appended to while the server runs. What would stand in the way
 * of that is said at the start: later it would be said to those who wait for an answer.
 */
final class KeptFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private KeptFile() {}

  /** The path of such a file, relative ones from the folder of the configuration file. */
  static Kind<Path> kind(Path folder, String example) {
    return Kinds.path(folder, example).checked(KeptFile::requireAppendable);
  }

  @Enforces({"MS-7"})
  private static void requireAppendable(Path file) throws WrongValue {
    Path folder = file.resolveSibling(".");
    boolean there = Files.exists(file);
    // A pipe would keep whoever opens it waiting for a reader.
    if (!Files.isDirectory(folder) || (there && !Files.isRegularFile(file))) {
      throw new WrongValue("is no file in a folder that is there");
    }
    if (!Files.isWritable(there ? file : folder)) {
      throw new WrongValue("cannot be written by this process");
    }
    if (there) {
      refuseIfOpenToOthers(file);
      requireObjects(file);
    }
  }

  /**
   * Such a file begins with a JSON object or a blank line; what begins otherwise is somebody
   * else's.
   */
  private static void requireObjects(Path file) throws WrongValue {
    try (InputStream content = Files.newInputStream(file)) {
      int first = content.read();
      if (first >= 0 && first != '{' && first != '\n') {
        throw new WrongValue("holds something else already, which must not be appended to");
      }
    } catch (IOException e) {
      throw new WrongValue("cannot be read by this process");
    }
  }

  private static void refuseIfOpenToOthers(Path file) throws WrongValue {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNER_ONLY.containsAll(permissions)) {
        throw new WrongValue(
            "tells of people and is open to others ("
                + PosixFilePermissions.toString(permissions)
                + "): chmod 600 it");
      }
    } catch (IOException e) {
      throw new WrongValue("cannot be written by this process");
    }
  }
}
