package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.dpop.DpopNonce;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An issuer, a client with its DPoP key and a resource server, at one fixed moment. */
final class Scene {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final Instant LONG_AGO = NOW.minusSeconds(3600);
  static final Issuer ISSUER = new Issuer("https://as.example.com");
  static final String AUDIENCE = "https://api.example.com";
  static final SecureRandom RANDOM = new SecureRandom();
  static final Jose JOSE = Jose.jdk();
  static final SigningKey ISSUER_KEY = JOSE.generate(SignatureAlgorithm.ES256, RANDOM);
  static final SigningKey CLIENT_KEY = JOSE.generate(SignatureAlgorithm.ES256, RANDOM);
  static final SigningKey OTHER_KEY = JOSE.generate(SignatureAlgorithm.ES256, RANDOM);
  static final Scope ACCOUNTS = Scope.parse("accounts");
  static final Thumbprint CLIENT_JKT = CLIENT_KEY.thumbprint();
  static final DpopNonces NONCES =
      new DpopNonces(JOSE, "rs", List.of(RANDOM.generateSeed(32)), Duration.ofMinutes(5), RANDOM);

  private Scene() {}

  static ResourceServer guard(Nonces nonces) {
    return guard(nonces, new InMemoryProofReplays(LONG_AGO), "");
  }

  static ResourceServer guard(Nonces nonces, ProofReplays replays, String path) {
    return guard(
        new ResourceServer.Settings(
            ISSUER,
            new ResourceIndicator(AUDIENCE),
            PublicUrl.of("https://api.example.com" + path),
            nonces),
        replays);
  }

  static ResourceServer guard(ResourceServer.Settings settings) {
    return guard(settings, new InMemoryProofReplays(LONG_AGO));
  }

  private static ResourceServer guard(ResourceServer.Settings settings, ProofReplays replays) {
    return ResourceServer.of(
        settings, JOSE, token -> JwkSet.of(List.of(ISSUER_KEY.publicJwk())), replays, () -> NOW);
  }

  static AccessTokenClaims claims() {
    return claims(AUDIENCE, ACCOUNTS, NOW.plusSeconds(300));
  }

  static AccessTokenClaims claims(String audience, Scope scope, Instant exp) {
    return new AccessTokenClaims(
        ISSUER,
        new Subject("user-1"),
        List.of(audience),
        new ClientId("app"),
        Jti.random(RANDOM),
        exp.minusSeconds(300),
        exp,
        scope,
        new Confirmation.DpopKey(CLIENT_JKT),
        Optional.empty(),
        Optional.empty(),
        AuthorizationDetails.NONE,
        GrantHandles.NONE);
  }

  /** Of a token that is bound to this. */
  static AccessTokenClaims boundTo(Confirmation cnf) {
    return claims(
        cnf, Optional.empty(), Optional.empty(), AuthorizationDetails.NONE, GrantHandles.NONE);
  }

  /** Of a token of a person who logged in then and so. */
  static AccessTokenClaims loggedIn(Optional<Instant> authTime, Optional<String> acr) {
    return claims(
        new Confirmation.DpopKey(CLIENT_JKT),
        authTime,
        acr,
        AuthorizationDetails.NONE,
        GrantHandles.NONE);
  }

  /** Of a token of a grant with details. */
  static AccessTokenClaims granting(AuthorizationDetails details, GrantHandles handles) {
    return claims(
        new Confirmation.DpopKey(CLIENT_JKT), Optional.empty(), Optional.empty(), details, handles);
  }

  private static AccessTokenClaims claims(
      Confirmation cnf,
      Optional<Instant> authTime,
      Optional<String> acr,
      AuthorizationDetails details,
      GrantHandles handles) {
    AccessTokenClaims plain = claims();
    return new AccessTokenClaims(
        plain.iss(),
        plain.sub(),
        plain.aud(),
        plain.clientId(),
        plain.jti(),
        plain.iat(),
        plain.exp(),
        plain.scope(),
        cnf,
        authTime,
        acr,
        details,
        handles);
  }

  static AccessToken token() {
    return claims().sign(JOSE, ISSUER_KEY);
  }

  static String proof(SigningKey key, String method, String url, Instant iat, AccessToken token) {
    return proof(key, method, url, iat, token, Optional.empty());
  }

  static String proof(
      SigningKey key,
      String method,
      String url,
      Instant iat,
      AccessToken token,
      Optional<DpopNonce> nonce) {
    return DpopProof.create(
        JOSE, key, method, URI.create(url), Jti.random(RANDOM), iat, Optional.of(token), nonce);
  }

  static String goodProof(AccessToken token) {
    return proof(CLIENT_KEY, "GET", "https://api.example.com/accounts", NOW, token);
  }

  /** A request for the accounts; {@code headers} are names and values in turn. */
  static ResourceRequest request(String... headers) {
    return request(Optional.empty(), headers);
  }

  static ResourceRequest request(Optional<String> query, String... headers) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      fields.add(Map.entry(headers[i], headers[i + 1]));
    }
    return new ResourceRequest("GET", "/accounts", query, Headers.of(fields));
  }

  static Headers answer(Verdict verdict) {
    return Headers.of(verdict.headers());
  }
}
