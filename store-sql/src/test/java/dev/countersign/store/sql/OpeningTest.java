package dev.countersign.store.sql;

import static dev.countersign.store.contract.Samples.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.store.StoreException;
import dev.countersign.store.contract.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the way of opening a store, and that it is said clearly. */
class OpeningTest {

  @TempDir Path folder;

  @Test
  void allItsFilesAreForTheirOwnerOnly() throws IOException {
    assumePosix();
    try (SqliteStore store = SqliteStore.open(file())) {
      store.useOnce(Set.of(new Samples("open").onceKey()), NOW);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(OpeningTest::nameAndPermissions))
            .containsExactlyInAnyOrder(
                "state.db rw-------",
                "state.db-wal rw-------",
                "state.db-shm rw-------",
                "state.db.lock rw-------");
      }
    }
  }

  @Test
  void refusesAFileThatOthersCanRead() throws IOException {
    assumePosix();
    SqliteStore.open(file()).close();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> SqliteStore.open(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("rw-r-----")
        .hasMessageContaining("chmod 600");
  }

  @Test
  void takesAFileThatOnlyItsOwnerCanRead() throws IOException {
    assumePosix();
    SqliteStore.open(file()).close();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));

    SqliteStore.open(file()).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-wal", "-shm", "-journal"})
  void refusesWhatADeadProcessLeftOpenToOthersBesideTheFile(String ending) throws IOException {
    assumePosix();
    SqliteStore.open(file()).close();
    Path left = Files.createFile(folder.resolve("state.db" + ending));
    Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> SqliteStore.open(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("state.db" + ending)
        .hasMessageContaining("chmod 600");

    Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rw-------"));
    SqliteStore.open(file()).close();
  }

  @Test
  void refusesADirectoryThatIsNotThere() {
    assertThatThrownBy(() -> SqliteStore.open(folder.resolve("absent/state.db")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("directory")
        .hasMessageContaining("does not exist");
  }

  @Test
  void saysWithoutMakingAnythingWhetherItCouldOpen() throws IOException {
    SqliteStore.requireUsable(file());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
    try (SqliteStore _ = SqliteStore.open(file())) {
      SqliteStore.requireUsable(file());
    }
    assertThatThrownBy(() -> SqliteStore.requireUsable(folder.resolve("absent/state.db")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> SqliteStore.requireUsable(Files.createDirectory(folder.resolve("d"))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void saysWithoutOpeningThatOthersCanReadIt() throws IOException {
    assumePosix();
    SqliteStore.open(file()).close();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> SqliteStore.requireUsable(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void refusesADirectoryThatCannotBeWritten() {
    Path proc = Path.of("/proc/self/state.db");
    assumeTrue(Files.isDirectory(proc.getParent()), "needs /proc");

    assertThatThrownBy(() -> SqliteStore.open(proc))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void refusesADirectoryInThePlaceOfTheFile() throws IOException {
    Files.createDirectory(file());

    assertThatThrownBy(() -> SqliteStore.open(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void refusesAPathThatTheDriverWouldCutShort() {
    assertThatThrownBy(() -> SqliteStore.open(folder.resolve("state?.db")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("'?'");
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws IOException {
    SqliteStore.open(file()).close();
    Files.writeString(
        file(), "This is not a database, but long enough to look like one. ".repeat(50));

    assertThatThrownBy(() -> SqliteStore.open(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be opened");
  }

  @Test
  void refusesAFileOfSomethingElse() throws IOException, SQLException {
    SqliteStore.open(file()).close();
    Files.delete(file());
    Files.createFile(
        file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    change("CREATE TABLE notes (text TEXT)");

    assertThatThrownBy(() -> SqliteStore.open(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("does not fit");
  }

  @Test
  void refusesASchemaThatIsNewerThanThisCode() throws SQLException {
    SqliteStore.open(file()).close();
    change(
        "INSERT INTO flyway_schema_history SELECT 99, '99', 'later', type, 'V99__later.sql',"
            + " checksum, installed_by, installed_on, execution_time, success FROM"
            + " flyway_schema_history WHERE version = '2'");

    assertThatThrownBy(() -> SqliteStore.open(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("does not fit this version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TRIGGER kept AFTER DELETE ON grants BEGIN INSERT INTO grants VALUES"
            + " (old.grant_id, '', '', 0, '', '', '', 0, 0, ''); END",
        "DROP INDEX codes_forget_at",
        "ALTER TABLE sessions ADD COLUMN note TEXT",
        "CREATE TABLE notes (text TEXT)"
      })
  void refusesASchemaThatWasChangedByHand(String text) throws SQLException {
    SqliteStore.open(file()).close();
    change(text);

    assertThatThrownBy(() -> SqliteStore.open(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("does not fit this version")
        .hasMessageContaining("changed by hand");
  }

  @Test
  void refusesAFileThatIsOpenInThisProcess() {
    SqliteStore first = SqliteStore.open(file());
    assertThatThrownBy(() -> SqliteStore.open(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("in use");

    // The failed attempt must not have let go of the lock of the first.
    assertThatThrownBy(() -> SqliteStore.open(file())).isInstanceOf(StoreException.class);
    first.close();
    SqliteStore.open(file()).close();
  }

  @Test
  void refusesAFileThatIsOpenUnderTheNameOfALink() throws IOException {
    Path link = folder.resolve("link.db");
    Path linkedFolder = Files.createSymbolicLink(folder.resolve("linked"), folder);
    try (SqliteStore first = SqliteStore.open(file())) {
      Files.createSymbolicLink(link, file());

      assertThatThrownBy(() -> SqliteStore.open(link))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use");
      assertThatThrownBy(() -> SqliteStore.open(linkedFolder.resolve("state.db")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use");
      assertThat(first.sweep(NOW, 1)).isZero();
    }

    SqliteStore.open(link).close();
    assertThat(folder.resolve("link.db.lock")).doesNotExist();
  }

  @Test
  void refusesALinkToNothing() throws IOException {
    Path link = Files.createSymbolicLink(file(), folder.resolve("absent.db"));

    assertThatThrownBy(() -> SqliteStore.open(link))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void refusesAnEmptyPath() {
    assertThatThrownBy(() -> SqliteStore.open(Path.of("")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("must not be empty");
  }

  @Test
  void refusesAFileThatAnotherProcessUses() throws IOException, InterruptedException {
    try (SqliteStore store = SqliteStore.open(file())) {
      assertThatThrownBy(() -> SqliteStore.open(file())).isInstanceOf(StoreException.class);

      Process second = Child.start(OpeningChild.class, file().toString());
      String said = new String(second.getInputStream().readAllBytes(), UTF_8);

      assertThat(second.waitFor()).isEqualTo(1);
      assertThat(said).contains("is in use by another process");
      assertThat(store.sweep(NOW, 1)).isZero();
    }
  }

  /** Opens a store and says what came of it. */
  static final class OpeningChild {
    private OpeningChild() {}

    public static void main(String[] arguments) {
      try {
        SqliteStore.open(Path.of(arguments[0])).close();
      } catch (StoreException e) {
        System.out.println(e.getMessage());
        System.exit(1);
      }
    }
  }

  private void change(String text) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private Path file() {
    return folder.resolve("state.db");
  }

  private static void assumePosix() {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "needs POSIX permissions");
  }

  private static String nameAndPermissions(Path file) {
    try {
      return file.getFileName()
          + " "
          + PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
