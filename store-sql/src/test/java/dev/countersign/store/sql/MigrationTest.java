package dev.countersign.store.sql;

import static dev.countersign.store.contract.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.store.AllowedClaims;
import dev.countersign.store.Consent;
import dev.countersign.store.EndedFamily;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantFilter;
import dev.countersign.store.GrantRecord;
import dev.countersign.store.GrantVersion;
import dev.countersign.store.Grants.RefreshOutcome;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.RefreshRotation;
import dev.countersign.store.TokenFamily;
import dev.countersign.store.contract.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an older version kept is there after the schema was brought forward. */
class MigrationTest {

  private static final String OLD_GRANT =
      """
      INSERT INTO grants VALUES ('grant-1', 'client-1', 'person-1', 0, NULL, 'openid',
        'https://api.example/v1', 0, 9223372036854775807)\
      """;

  private static final String OLD_TOKENS =
      """
      INSERT INTO access_tokens VALUES ('jti-1', 'client-1', 'grant-1', 9223372036854775807)\
      """;

  @TempDir Path folder;

  @Test
  void aGrantAndACodeOfTheFirstVersionHaveNoClaimsAndNobodyIsRemembered()
      throws SQLException, IOException {
    SecretDigest code = SecretDigest.of("code");
    Path file = ofTheFirstVersion();
    change(
        file,
        OLD_GRANT,
        OLD_TOKENS,
        """
        INSERT INTO codes VALUES (x'%s', '%s', 'grant-2', 'client-1', 'person-1', 0, NULL, 'openid',
          'https://api.example/v1', 0, 9223372036854775807, NULL, 9223372036854775807)\
        """
            .formatted(code.hex(), RequestRows.text(Samples.request())));

    try (SqliteStore store = SqliteStore.open(file)) {
      Grant grant = store.findByAccessToken(new Jti("jti-1"), NOW).orElseThrow();
      assertThat(grant.claims()).isEqualTo(AllowedClaims.NONE);
      assertThat(store.findCode(code, NOW).orElseThrow().grant().claims())
          .isEqualTo(AllowedClaims.NONE);
      assertThat(store.findConsent(grant.login().subject(), grant.clientId(), NOW))
          .isEqualTo(Consent.NONE);
      store.revokeGrant(grant.id(), Set.of(), NOW);
      assertThat(store.findByAccessToken(new Jti("jti-1"), NOW)).isEmpty();
    }
  }

  @Test
  void aRefreshTokenOfTheFirstVersionIsOldEnoughForEachRotation() throws SQLException, IOException {
    SecretDigest token = SecretDigest.of("token");
    Path file = ofTheFirstVersion();
    change(
        file,
        OLD_GRANT,
        "INSERT INTO refresh_tokens VALUES (x'%s', 'grant-1', 9223372036854775807)"
            .formatted(token.hex()));

    try (SqliteStore store = SqliteStore.open(file)) {
      RefreshRotation rotation =
          new RefreshRotation(
              SecretDigest.of("successor"), Instant.EPOCH.plusNanos(1), NOW.plusSeconds(60));
      NewAccessToken accessToken = new NewAccessToken(new Jti("jti-2"), NOW.plusSeconds(60));
      assertThat(store.refresh(token, accessToken, Optional.of(rotation), Set.of(), NOW))
          .isInstanceOf(RefreshOutcome.Rotated.class);
      assertThat(store.findByRefreshToken(rotation.successor(), NOW)).isPresent();
    }
  }

  @Test
  void whatTheFifthVersionKeptHasNoDetailsAndCanBeSeenChangedAndEnded()
      throws SQLException, IOException {
    SecretDigest code = SecretDigest.of("code");
    SecretDigest token = SecretDigest.of("token");
    Instant given = Instant.ofEpochSecond(1_700_000_000);
    Path file = ofVersion("5");
    change(
        file,
        """
        INSERT INTO grants (grant_id, client_id, subject, auth_time, scope, resources, created_at,
          forget_at)
        VALUES ('grant-1', 'client-1', 'person-1', 0, 'openid', 'https://api.example/v1',
          1700000000000000000, 9223372036854775807)\
        """,
        """
        INSERT INTO access_tokens (jti, client_id, grant_id, forget_at)
        VALUES ('jti-1', 'client-1', 'grant-1', %d), ('jti-2', 'client-1', NULL, %d)\
        """
            .formatted(Nanos.of(NOW.plusSeconds(60)), Nanos.of(NOW.plusSeconds(60))),
        """
        INSERT INTO refresh_tokens (refresh_token, grant_id, forget_at)
        VALUES (x'%s', 'grant-1', 9223372036854775807)\
        """
            .formatted(token.hex()),
        """
        INSERT INTO codes (code, request, grant_id, client_id, subject, auth_time, scope, resources,
          created_at, expires_at, forget_at)
        VALUES (x'%s', '%s', 'grant-2', 'client-1', 'person-1', 0, 'openid',
          'https://api.example/v1', 0, 9223372036854775807, 9223372036854775807)\
        """
            .formatted(code.hex(), RequestRows.text(Samples.request())));

    try (SqliteStore store = SqliteStore.open(file)) {
      Grant grant = store.findByRefreshToken(token, NOW).orElseThrow();
      assertThat(grant.details()).isEqualTo(AuthorizationDetails.NONE);
      assertThat(grant.updatedAt()).isEqualTo(given);
      assertThat(grant.version()).isEqualTo(GrantVersion.FIRST);
      assertThat(store.findGrants(GrantFilter.of(Samples.CLIENT), Optional.empty(), 9, NOW))
          .containsExactly(new GrantRecord(grant, Optional.empty(), given));
      Grant ofCode = store.findCode(code, NOW).orElseThrow().grant();
      assertThat(ofCode.details()).isEqualTo(AuthorizationDetails.NONE);
      assertThat(ofCode.updatedAt()).isEqualTo(Instant.EPOCH);
      NewAccessToken refreshed = new NewAccessToken(new Jti("jti-3"), NOW.plusSeconds(90));
      assertThat(store.refresh(token, refreshed, Set.of(), NOW))
          .isEqualTo(new RefreshOutcome.Refreshed(grant));
      store.revokeGrant(grant.id(), Set.of(), NOW);
      store.revokeClientToken(new Jti("jti-2"), Set.of(), NOW);
      assertThat(store.findEnded(Samples.API, NOW).families())
          // Where the token of the client itself was for nobody knows, and it has no handle.
          .containsExactly(new EndedFamily(TokenFamily.of(grant), NOW.plusSeconds(90)));
    }
  }

  private Path ofTheFirstVersion() throws IOException {
    return ofVersion("1");
  }

  private Path ofVersion(String version) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve("state.db"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Flyway.configure()
        .dataSource("jdbc:sqlite:" + file, "", "")
        .locations("classpath:dev/countersign/store/sql/sqlite")
        .target(version)
        .load()
        .migrate();
    return file;
  }

  private static void change(Path file, String... texts) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String text : texts) {
        statement.execute(text);
      }
    }
  }
}
