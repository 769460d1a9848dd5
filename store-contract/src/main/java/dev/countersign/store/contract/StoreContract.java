package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.store.CodeRecord;
import dev.countersign.store.KeyRecord;
import dev.countersign.store.OnceKey;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.Session;
import dev.countersign.store.Store;
import dev.countersign.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every store does. The test class of a store extends this one and says how to open it; each
 * test gets a store that is new and empty.
 */
public abstract class StoreContract {

  @TempDir @Nullable Path folder;

  private @Nullable Store store;
  private @Nullable Store crashed;

  /** For a subclass. */
  protected StoreContract() {}

  /**
   * Opens the store that keeps its state in this folder or under its name; at first there is
   * nothing. Opening it again, after it was closed, finds what was kept.
   */
  protected abstract Store open(Path folder);

  /**
   * Opens what a process that died at this instant would have left of the store in this folder: a
   * copy of its state, for instance, or the state itself after the process that held it was killed.
   * The store that is open there must not be closed or flushed for it, and operations may go on in
   * it meanwhile. Called once in a test at most.
   */
  protected abstract Store openAfterCrash(Path folder);

  @BeforeEach
  void openStore() {
    store = open(folder());
  }

  @AfterEach
  void closeStore() {
    store().close();
    if (crashed != null) {
      crashed.close();
    }
  }

  @Test
  void findsEverythingAgainAfterItWasClosed() {
    ConcernContract now = new Anything();
    PushedRequest pushed = now.pushed();
    OnceKey used = now.usedKey();
    ConcernContract.Redeemed redeemed = now.redeemed();
    Session session = now.samples.session();
    store().openSession(session, Optional.empty(), NOW);
    KeyRecord key = now.samples.key("key", 0);
    store().keysOrCreate("signing", List.of(key));

    store().close();
    store = open(folder());

    now.assertStands(redeemed);
    now.assertUsedUp(used);
    assertThat(store().findRequest(pushed.requestUri(), NOW)).contains(pushed);
    assertThat(store().findCode(redeemed.code().code(), NOW))
        .contains(new CodeRecord(redeemed.code(), true));
    assertThat(store().findSession(session.id(), NOW)).contains(session);
    assertThat(store().keysOrCreate("signing", List.of(now.samples.key("other", 0))))
        .containsExactly(key);
  }

  @Test
  void refusesEverythingOnceItIsClosed() {
    Samples samples = new Samples("closed");
    store().close();

    assertThatThrownBy(() -> store().useOnce(Set.of(samples.onceKey()), NOW))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store().findSession(samples.digest(), NOW))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void mayBeClosedTwice() {
    store().close();
    store().close();

    assertThatThrownBy(() -> store().sweep(NOW, 1)).isInstanceOf(StoreException.class);
  }

  private final class Anything extends ConcernContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class OnceKeys extends OnceKeysContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class PushedRequests extends PushedRequestsContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class Interactions extends InteractionsContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class Consents extends ConsentsContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class Codes extends CodesContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class Grants extends GrantsContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class GrantChanges extends GrantChangesContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class GrantRecords extends GrantRecordsContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class EndedFamilies extends EndedFamiliesContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class OpaqueTokens extends OpaqueTokensContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class Rotations extends RotationContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class Sessions extends SessionsContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class KeyRecords extends KeyRecordsContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class Registrations extends RegistrationsContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class Sweep extends SweepContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class Races extends RacesContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class ChangeRaces extends ChangeRacesContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  class Crashes extends CrashContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }

    @Override
    Store afterCrash() {
      crashed = store();
      store = openAfterCrash(folder());
      return store();
    }
  }

  private Store store() {
    return Objects.requireNonNull(store, "opened before each test");
  }

  private Path folder() {
    return Objects.requireNonNull(folder, "set before each test");
  }
}
