package dev.countersign.bench;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.pkce.CodeVerifier;
import dev.countersign.store.Store;
import dev.countersign.store.sql.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;

/**
 * What stands before the server starts: its configuration and certificate, one client, and people
 * who have granted something to it.
 *
 * @param refreshTokens one of each grant
 */
record BenchScene(
    SSLContext trust, SigningKey key, SigningKey dpopKey, List<RefreshToken> refreshTokens) {
  /** Not where the server listens: the address of a request says nothing to it. */
  static final Issuer ISSUER = new Issuer("https://as.example.com");

  /** The one client. */
  static final ClientId CLIENT = new ClientId("bench");

  /** Whose grants are refreshed; has an account, without which a grant ends. */
  private static final Subject PERSON = new Subject("person");

  private static final ResourceIndicator API = new ResourceIndicator("https://api.example.com");
  private static final RedirectUri CALLBACK = new RedirectUri("https://app.example.com/callback");
  private static final int GRANTS = 100;

  /** Copies the list. */
  BenchScene {
    refreshTokens = List.copyOf(refreshTokens);
  }

  /** Fills an empty folder. */
  static BenchScene create(Path folder, Jose jose, SecureRandom random)
      throws IOException, InterruptedException, GeneralSecurityException {
    BenchTls tls = BenchTls.create(folder);
    SigningKey key = jose.generate(SignatureAlgorithm.ES256, random);
    Files.writeString(folder.resolve("countersign.yaml"), yaml(key));
    try (Store store = SqliteStore.open(folder.resolve("state.db"))) {
      SeededGrants grants = new SeededGrants(store, random);
      return new BenchScene(
          tls.trust(),
          key,
          jose.generate(SignatureAlgorithm.ES256, random),
          IntStream.range(0, GRANTS)
              .mapToObj(i -> grants.grant(request(random), API, PERSON))
              .toList());
    }
  }

  private static AuthorizationRequest request(SecureRandom random) {
    return AuthorizationRequest.builder(
            CLIENT, CALLBACK, CodeChallenge.of(CodeVerifier.random(random)))
        .scope(Scope.of("accounts"))
        .build();
  }

  private static String yaml(SigningKey key) {
    return """
    issuer: %s
    listen: {host: 127.0.0.1, port: 0}
    tls: {certificate: server.pem, key: server-key.pem}
    store: {path: state.db}
    dpop: {nonces: true}
    scopes:
      - {name: accounts, description: See your accounts}
    resources:
      - {indicator: '%s', scopes: accounts}
    clients:
      - client_id: %s
        name: Bench
        jwks: %s
        redirect_uris: ['%s']
        grant_types: [authorization_code, refresh_token]
        scope: accounts
    users:
      - username: person
        sub: person
        password: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g'
    """
        .formatted(
            ISSUER.value(),
            API.value(),
            CLIENT.value(),
            JwkSet.of(List.of(key.publicJwk())).toJson().toJson(),
            CALLBACK.value());
  }
}
