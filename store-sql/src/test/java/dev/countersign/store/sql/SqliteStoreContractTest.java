package dev.countersign.store.sql;

import dev.countersign.store.Store;
import dev.countersign.store.contract.StoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The contract, kept by the SQLite store. */
class SqliteStoreContractTest extends StoreContract {

  private static final String FILE = "state.db";
  private static final String LOG = FILE + "-wal";

  @Override
  protected Store open(Path folder) {
    return SqliteStore.open(folder.resolve(FILE));
  }

  /** With the file first: what is committed between the two copies is in the log. */
  @Override
  protected Store openAfterCrash(Path folder) {
    Path copy = folder.resolve("after-crash");
    try {
      Files.createDirectory(copy);
      Files.copy(folder.resolve(FILE), copy.resolve(FILE));
      Files.copy(folder.resolve(LOG), copy.resolve(LOG));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return open(copy);
  }
}
