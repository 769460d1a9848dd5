package dev.countersign.it.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.RefreshRequest;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.Tokens;
import dev.countersign.it.journey.Secrets.Place;
import dev.countersign.it.journey.Secrets.Secret;
import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.pkce.CodeVerifier;
import dev.countersign.testkit.CapturedLog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;

/** Searches logs and store for every secret of journeys that go well and of such that do not. */
class SecrecyTest {

  /** What there must be for the search to mean anything. */
  private static final Set<String> KINDS =
      Set.of(
          "client_assertion",
          "code",
          "code_verifier",
          "refresh_token",
          "access_token",
          "id_token",
          "request_uri",
          "password",
          "token",
          "interaction",
          "state",
          "nonce",
          "cookie",
          "proof",
          "presented token",
          "DPoP nonce",
          "TLS key",
          "signing-ES256",
          "dpop-nonce-as",
          "dpop-nonce-rs");

  @ParameterizedTest
  @EnumSource(CryptoPath.class)
  void noSecretStandsInALogOrInTheStore(CryptoPath crypto, @TempDir Path folder)
      throws ClientException, IOException {
    Set<Secret> secrets;
    String logged;
    String keptWhileRunning;
    Path storeFile;
    // Of others what the command line shows by default, of ours everything.
    try (CapturedLog log = CapturedLog.aside(Logger.ROOT_LOGGER_NAME, Level.INFO);
        CapturedLog _ = CapturedLog.of("dev.countersign", Level.TRACE);
        World world = new World(folder, crypto.jose())) {
      goWell(world);
      goWrong(world);
      secrets = Secrets.of(world);
      storeFile = world.storeFile();
      keptWhileRunning = bytes(storeFile);
      world.restartServer();
      logged = log.text();
    }
    String kept = keptWhileRunning + bytes(storeFile);

    assertThat(secrets).extracting(Secret::kind).containsAll(KINDS);
    assertThat(logged)
        .contains("dev.countersign.server.request", "dev.countersign.client", "SP-5.3.2.2-9");
    assertThat(found(secrets, logged)).as("in the logs").isEmpty();
    assertThat(kept).contains("budget-app", World.SUBJECT);
    assertThat(found(secrets.stream().filter(s -> s.place() == Place.NOWHERE).toList(), kept))
        .as("in the store")
        .isEmpty();
    // The same search finds what does stand there.
    assertThat(found(secrets, kept)).extracting(Secret::kind).contains("signing-ES256");
  }

  private static void goWell(World world) throws ClientException {
    FapiClient client = world.client();
    Tokens tokens = world.journey(client);
    client.userinfo(tokens, new EndUserPresent(true));
    client.call(tokens, ResourceRequest.get(world.accounts()));
    client.refresh(tokens, RefreshRequest.same());
    client.clientCredentials(Scope.of("accounts"), List.of());
  }

  /** Refusals are where secrets slip into logs. */
  private static void goWrong(World world) {
    RawClient app = world.app();
    CodeVerifier verifier = CodeVerifier.random(world.random());
    Form push = app.authorizationRequest(verifier);
    URI par = world.metadata().parEndpoint().orElseThrow();
    Exchange pushed = app.post(par, push, app.nonce());
    assertThat(app.post(par, push, app.nonce()).outcome()).contains("invalid_client");
    URI authorize =
        URI.create(
            world.metadata().authorizationEndpoint().orElseThrow()
                + "?client_id="
                + app.id().value()
                + "&request_uri="
                + pushed.member("request_uri").orElseThrow());
    URI back = world.agreed(authorize, "wrong-" + world.password(), world.password());
    String code = Form.parseQuery(back.getRawQuery()).required("code");
    Form request = app.codeRequest(code, verifier);
    Form wrong = app.codeRequest(code, CodeVerifier.random(world.random()));
    assertThat(app.token(wrong).outcome()).isEqualTo("400 invalid_grant");
    assertThat(world.other().token(request).outcome()).isEqualTo("400 invalid_grant");
    Exchange tokens = app.token(request);
    AccessToken accessToken = new AccessToken(tokens.member("access_token").orElseThrow());
    assertThat(world.other().userinfo(accessToken).status()).isEqualTo(401);
    assertThat(world.other().get(world.accounts(), accessToken).status()).isEqualTo(401);
    assertThat(app.token(request).outcome()).isEqualTo("400 invalid_grant");
    assertThat(app.userinfo(accessToken).status()).isEqualTo(401);
    assertThat(app.refresh(tokens.member("refresh_token").orElseThrow()).outcome())
        .isEqualTo("400 invalid_grant");
    assertThat(app.post(app.tokenEndpoint(), request, Optional.of("forged-" + code)).status())
        .isEqualTo(400);
  }

  private static List<Secret> found(Collection<Secret> secrets, String text) {
    return secrets.stream().filter(secret -> secret.traces().anyMatch(text::contains)).toList();
  }

  /** The store's file and those that SQLite keeps beside it. */
  private static String bytes(Path storeFile) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(storeFile.toAbsolutePath().getParent())) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("state.db")).toList()) {
        all.append(Files.readString(file, ISO_8859_1));
      }
    }
    return all.toString();
  }
}
