package dev.countersign.store.sql;

import dev.countersign.store.StoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * The file of the store, held for one store alone by a lock on a file beside it ({@code .lock}).
 * Both are made readable and writable by their owner only: the store holds the server's keys. A
 * file that is open to others is refused, also one that SQLite left beside it.
 *
 * <p>SQLite takes the lock, because it knows what POSIX does with locks: closing any descriptor of
 * a file, for instance in a second attempt to open the store in this process, would drop the lock.
 */
final class StateFile implements AutoCloseable {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** What SQLite may have left beside the file when its process died; it goes on with them. */
  private static final List<String> LEFT_BESIDE = List.of("-wal", "-shm", "-journal");

  private final Path path;
  private final Connection lock;

  private StateFile(Path path, Connection lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Holds the file, which is made if it is not there; its directory must be there. Everything that
   * stands in the way is a {@link StoreException} whose message says what to do.
   */
  static StateFile hold(Path file) {
    Path path = usable(file);
    Path beside = lockFile(path);
    createOrCheck(beside);
    Connection lock = lock(beside, path);
    try {
      createOrCheck(path);
      checkLeftBeside(path);
      return new StateFile(path, lock);
    } catch (RuntimeException e) {
      closeAfter(e, lock);
      throw e;
    }
  }

  /** Refuses what {@link #hold} would, except that another holds the file; makes nothing. */
  static void requireUsable(Path file) {
    Path path = usable(file);
    if (!Files.isWritable(path.resolveSibling("."))) {
      throw notWritable(path, new AccessDeniedException(path.toString()));
    }
    checkIfThere(lockFile(path));
    checkIfThere(path);
    checkLeftBeside(path);
  }

  private static Path usable(Path file) {
    Path path = real(file);
    if (path.toString().indexOf('?') >= 0) {
      throw new StoreException("The path of the state file " + path + " must not contain '?'");
    }
    return path;
  }

  private static Path lockFile(Path path) {
    return path.resolveSibling(path.getFileName() + ".lock");
  }

  private static void checkLeftBeside(Path path) {
    for (String ending : LEFT_BESIDE) {
      checkIfThere(path.resolveSibling(path.getFileName() + ending));
    }
  }

  /**
   * Where the file really is. The lock and what SQLite keeps beside the file bear its name, so that
   * two names of one file, by a symbolic link, must come to the same.
   */
  private static Path real(Path file) {
    if (file.toString().isEmpty()) {
      throw new StoreException("The path of the state file must not be empty");
    }
    Path absolute = file.toAbsolutePath();
    Path directory = absolute.getParent();
    Path name = absolute.getFileName();
    if (directory == null || name == null || !Files.isDirectory(directory)) {
      throw new StoreException("The directory of the state file " + absolute + " does not exist");
    }
    try {
      return Files.exists(absolute) ? absolute.toRealPath() : directory.toRealPath().resolve(name);
    } catch (IOException e) {
      throw notWritable(absolute, e);
    }
  }

  /** Where it is, absolute and without symbolic links. */
  Path path() {
    return path;
  }

  /** Lets others hold the file. */
  @Override
  public void close() throws SQLException {
    lock.close();
  }

  private static Connection lock(Path beside, Path path) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(0);
    // Nothing is ever written through this connection, so it needs no journal file.
    config.setJournalMode(SQLiteConfig.JournalMode.MEMORY);
    try {
      Connection lock = config.createConnection("jdbc:sqlite:" + beside);
      try (Statement statement = lock.createStatement()) {
        statement.execute("BEGIN EXCLUSIVE");
        return lock;
      } catch (SQLException e) {
        closeAfter(e, lock);
        throw e;
      }
    } catch (SQLException e) {
      if (e.getErrorCode() == SQLiteErrorCode.SQLITE_BUSY.code) {
        throw new StoreException(
            "The state file " + path + " is in use by another process; stop that one first", e);
      }
      throw new StoreException("The state file " + path + " cannot be locked", e);
    }
  }

  private static void closeAfter(Exception failure, Connection lock) {
    try {
      lock.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private static void createOrCheck(Path path) {
    try {
      Files.createFile(path, ownerOnly(path));
    } catch (FileAlreadyExistsException e) {
      checkIfThere(path);
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  private static void checkIfThere(Path path) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      if (!Files.isRegularFile(path) || !Files.isWritable(path)) {
        throw new AccessDeniedException(path.toString());
      }
      refuseIfOpenToOthers(path);
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  private static StoreException notWritable(Path path, IOException e) {
    return new StoreException(
        "The file " + path + " cannot be written; this process needs it and its directory", e);
  }

  private static void refuseIfOpenToOthers(Path path) throws IOException {
    if (hasPosixPermissions(path)) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      if (!OWNER_ONLY.containsAll(permissions)) {
        throw new StoreException(
            "The file "
                + path
                + " holds keys and is open to others ("
                + PosixFilePermissions.toString(permissions)
                + "): chmod 600 it");
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    return hasPosixPermissions(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static boolean hasPosixPermissions(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
