package dev.countersign.resource.servlet;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.resource.Description;
import dev.countersign.resource.InMemoryProofReplays;
import dev.countersign.resource.Nonces;
import dev.countersign.resource.PublicUrl;
import dev.countersign.resource.ResourceServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An issuer, what it issued to a client with a DPoP key, and a resource server that takes it. */
final class Issued {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final Scope ACCOUNTS = Scope.of("accounts");
  static final Scope PAYMENTS = Scope.of("payments");
  static final String PUBLIC = "https://api.example.com";

  static final Jose JOSE = Jose.jdk();
  static final SecureRandom RANDOM = new SecureRandom();
  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final SigningKey ISSUER_KEY = JOSE.generate(SignatureAlgorithm.ES256, RANDOM);
  static final SigningKey KEY = JOSE.generate(SignatureAlgorithm.ES256, RANDOM);
  static final SigningKey OTHER_KEY = JOSE.generate(SignatureAlgorithm.ES256, RANDOM);

  private Issued() {}

  /** Takes tokens for {@code https://api.example.com/bank}, and says so in its metadata. */
  static ResourceServer guard() {
    return guard(settings());
  }

  static ResourceServer.Settings settings() {
    return new ResourceServer.Settings(
            ISSUER, new ResourceIndicator(PUBLIC + "/bank"), PublicUrl.of(PUBLIC), new Nonces.Off())
        .describedAs(Description.of(ACCOUNTS).named("Bank"));
  }

  static ResourceServer guard(ResourceServer.Settings settings) {
    return ResourceServer.of(
        settings,
        JOSE,
        token -> JwkSet.of(List.of(ISSUER_KEY.publicJwk())),
        new InMemoryProofReplays(NOW.minusSeconds(3600)),
        () -> NOW);
  }

  /** A token of the client's for Anna's accounts, bound to its key. */
  static AccessToken token() {
    return token(new Confirmation.DpopKey(KEY.thumbprint()));
  }

  /** The same, bound to this. */
  static AccessToken token(Confirmation cnf) {
    return token(cnf, PUBLIC + "/bank", ACCOUNTS, NOW.minusSeconds(600));
  }

  /** A token of the client's for Anna. */
  static AccessToken token(Confirmation cnf, String audience, Scope scope, Instant authTime) {
    return claims(cnf, audience, scope, authTime, AuthorizationDetails.NONE, GrantHandles.NONE)
        .sign(JOSE, ISSUER_KEY);
  }

  /** The same with details, of a grant that has a handle here, or has none. */
  static AccessToken token(Confirmation cnf, AuthorizationDetails details, GrantHandles handles) {
    return claims(cnf, PUBLIC + "/bank", ACCOUNTS, NOW.minusSeconds(600), details, handles)
        .sign(JOSE, ISSUER_KEY);
  }

  /** What a token of the client's for Anna's accounts says, bound to its key. */
  static AccessTokenClaims claims() {
    return claims(
        new Confirmation.DpopKey(KEY.thumbprint()),
        PUBLIC + "/bank",
        ACCOUNTS,
        NOW.minusSeconds(600),
        AuthorizationDetails.NONE,
        GrantHandles.NONE);
  }

  private static AccessTokenClaims claims(
      Confirmation cnf,
      String audience,
      Scope scope,
      Instant authTime,
      AuthorizationDetails details,
      GrantHandles handles) {
    return new AccessTokenClaims(
        ISSUER,
        new Subject("anna"),
        List.of(audience),
        new ClientId("app"),
        Jti.random(RANDOM),
        NOW,
        NOW.plusSeconds(300),
        scope,
        cnf,
        Optional.of(authTime),
        Optional.of("pwd"),
        details,
        handles);
  }

  /** A proof for a request to a path below the context. */
  static String proof(String method, String path, AccessToken token) {
    return DpopProof.create(
        JOSE,
        KEY,
        method,
        URI.create(PUBLIC + "/bank" + path),
        Jti.random(RANDOM),
        NOW,
        Optional.of(token),
        Optional.empty());
  }

  /** Adds a token and its proof for this path. */
  static HttpRequest.Builder authorized(HttpRequest.Builder request, String method, String path) {
    AccessToken token = token();
    return request
        .header("Authorization", "DPoP " + token.reveal())
        .header("DPoP", proof(method, path, token));
  }
}
