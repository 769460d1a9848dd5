package dev.countersign.store.sql;

import static dev.countersign.store.contract.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.store.GrantFilter;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.Session;
import dev.countersign.store.StoreException;
import dev.countersign.store.contract.Samples;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that something else has changed are no answer, and never look like a fault of a client. */
class DamagedRowsTest {

  @TempDir Path folder;

  private final Samples samples = new Samples("damaged");
  private SqliteStore store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(folder.resolve("state.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aRequestThatCannotBeReadIsAFaultOfTheStore() throws SQLException {
    PushedRequest request = samples.pushed();
    store.pushRequest(request, Set.of(), NOW);
    SecretDigest uri = request.requestUri();
    change("UPDATE pushed_requests SET request = 'response_type=token'");

    assertThatThrownBy(() -> store.findRequest(uri, NOW)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.openInteraction(uri, uri, uri, NOW.plusSeconds(60), NOW))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void aValueThatItsTypeRefusesIsAFaultOfTheStore() throws SQLException {
    Session session = samples.session();
    store.openSession(session, Optional.empty(), NOW);
    change("UPDATE sessions SET subject = ''");

    assertThatThrownBy(() -> store.findSession(session.id(), NOW))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void aKeyThatIsNoJsonIsAFaultOfTheStore() throws SQLException {
    store.keysOrCreate("signing", List.of(samples.key("key", 0)));
    change("UPDATE server_keys SET secret = 'secret-d'");

    assertThatThrownBy(() -> store.keysOrCreate("signing", List.of(samples.key("other", 0))))
        .isInstanceOf(StoreException.class)
        .hasMessageNotContaining("secret-d");
  }

  @Test
  void detailsAndClaimsThatAreNoJsonAreAFaultOfTheStore() throws SQLException {
    Runnable redemption = Scenario.REDEEM_CODE.prepare(store);
    redemption.run();
    change("UPDATE grants SET details = '[\"secret-d\"]'");
    NewAccessToken token = samples.opaqueAccessToken();
    store.issueToClient(Samples.ofClient(token), Set.of(), NOW);
    change("UPDATE access_tokens SET claims = 'secret-d' WHERE claims IS NOT NULL");
    SecretDigest digest = token.opaque().orElseThrow().digest();

    assertThatThrownBy(
            () -> store.findGrants(GrantFilter.of(Samples.CLIENT), Optional.empty(), 1, NOW))
        .isInstanceOf(StoreException.class)
        .hasMessageNotContaining("secret-d");
    assertThatThrownBy(() -> store.findOpaqueToken(digest, NOW))
        .isInstanceOf(StoreException.class)
        .hasMessageNotContaining("secret-d");
  }

  private void change(String text) throws SQLException {
    try (Sql sql = new Sql(new SqliteConnections(folder.resolve("state.db")).writer())) {
      sql.update(text);
    }
  }
}
