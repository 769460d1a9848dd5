package dev.countersign.store.sql;

import static dev.countersign.store.contract.Samples.CLIENT;
import static dev.countersign.store.contract.Samples.NOW;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.RequestUri;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewRefreshToken;
import dev.countersign.store.OpaqueAccessToken;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.contract.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a thief of the files finds. */
class DigestsOnlyTest {

  @TempDir Path folder;

  @Test
  void noSecretThatWasHandedOutIsInTheFiles() throws IOException {
    SecureRandom random = new SecureRandom();
    Samples samples = new Samples("digests");
    RequestUri requestUri = RequestUri.random(random);
    AuthorizationCode secret = AuthorizationCode.random(random);
    RefreshToken refreshToken = RefreshToken.random(random);
    // A secret of the kind that an opaque access token is.
    RefreshToken accessToken = RefreshToken.random(random);
    try (SqliteStore store = SqliteStore.open(folder.resolve("state.db"))) {
      var request =
          new PushedRequest(requestUri.digest(), Samples.request(), true, NOW.plusSeconds(60));
      var interaction = samples.digest();
      var code =
          new IssuedCode(
              secret.digest(), Samples.request(), samples.grant(), true, NOW.plusSeconds(60));
      var token = new NewRefreshToken(refreshToken.digest(), Optional.empty());
      store.pushRequest(request, Set.of(), NOW);
      store.openInteraction(
          request.requestUri(), interaction, samples.digest(), NOW.plusSeconds(60), NOW);
      store.issueCode(interaction, code, Samples.consent(), NOW);
      var opaque = new OpaqueAccessToken(accessToken.digest(), JsonObject.builder().build());
      var access = new NewAccessToken(Jti.random(random), NOW.plusSeconds(60), Optional.of(opaque));
      store.redeemCode(code.code(), CLIENT, access, Optional.of(token), Set.of(), NOW);

      String kept = contents();

      // The grant is there, so that the looking can find something.
      assertThat(kept).contains(code.grant().id().value());
      for (String handedOut :
          List.of(
              requestUri.reveal(), secret.reveal(), refreshToken.reveal(), accessToken.reveal())) {
        assertThat(kept.contains(handedOut)).as("a secret in the files").isFalse();
      }
    }
  }

  private String contents() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        all.append(new String(Files.readAllBytes(file), ISO_8859_1));
      }
    }
    return all.toString();
  }
}
