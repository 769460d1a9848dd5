package dev.countersign.store.sql;

import dev.countersign.store.Store;
import dev.countersign.store.contract.StoreContract;
import java.nio.file.Path;

/** The contract, kept by the SQLite store. */
class SqliteStoreContractTest extends StoreContract {

  @Override
  protected Store open(Path folder) {
    return SqliteStore.open(folder.resolve("state.db"));
  }
}
