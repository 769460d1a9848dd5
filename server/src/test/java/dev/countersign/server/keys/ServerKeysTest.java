package dev.countersign.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.KeyRecord;
import dev.countersign.store.KeyRecords;
import dev.countersign.store.sql.SqliteStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerKeysTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Jose JOSE = Jose.jdk();
  private static final KeyRecords BROKEN =
      (purpose, fresh) ->
          List.of(new KeyRecord("k1", JsonObject.builder().put("kty", "oct").build(), NOW));

  @TempDir Path folder;

  private static SigningKeys signing(KeyRecords records) {
    return SigningKeys.load(
        records, JOSE, Set.of(SignatureAlgorithm.ES256, SignatureAlgorithm.EDDSA), RANDOM, NOW);
  }

  @Test
  void allNodesGetTheKeysThatWereMadeFirst() {
    try (SqliteStore store = SqliteStore.open(folder.resolve("state.db"))) {
      SigningKeys one = signing(store);
      SigningKeys two = signing(store);
      assertThat(two.key(SignatureAlgorithm.ES256).kid())
          .isEqualTo(one.key(SignatureAlgorithm.ES256).kid());
      assertThat(two.key(SignatureAlgorithm.ES256).kid())
          .isNotEqualTo(two.key(SignatureAlgorithm.EDDSA).kid());
      assertThat(NonceKeys.load(store, "as", RANDOM, NOW).getFirst())
          .isEqualTo(NonceKeys.load(store, "as", RANDOM, NOW).getFirst());
    }
  }

  @Test
  @Requirement({"SP-6.8-2"})
  void everyPurposeHasAKeyOfItsOwn() {
    try (SqliteStore store = SqliteStore.open(folder.resolve("state.db"))) {
      byte[] server = NonceKeys.load(store, "as", RANDOM, NOW).getFirst();
      byte[] resource = NonceKeys.load(store, "rs", RANDOM, NOW).getFirst();
      assertThat(server).hasSize(32).isNotEqualTo(resource);
    }
  }

  @Test
  void aBrokenKeyStopsTheStartAndIsNamed() {
    assertThatThrownBy(() -> signing(BROKEN))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("k1");
    assertThatThrownBy(() -> NonceKeys.load(BROKEN, "as", RANDOM, NOW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("k1");
  }

  @Test
  void thereIsNoKeyOfAnAlgorithmThatNobodyWants() {
    try (SqliteStore store = SqliteStore.open(folder.resolve("state.db"))) {
      assertThatThrownBy(() -> signing(store).key(SignatureAlgorithm.PS256))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
