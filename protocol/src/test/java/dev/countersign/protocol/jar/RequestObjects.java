package dev.countersign.protocol.jar;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.fixture.Jwts.members;

import dev.countersign.protocol.fixture.Jwts;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects that say whatever a test wants, and what becomes of them. */
final class RequestObjects {
  static final ClientId CLIENT = new ClientId("client1");
  static final Issuer ISSUER = new Issuer("https://as.example.com");
  static final long SECONDS = 1750000000;
  static final Instant NOW = Instant.ofEpochSecond(SECONDS);
  static final JwkSet KEYS = JwkSet.of(List.of(KEY.publicJwk()));

  private RequestObjects() {}

  /** A good object, which asks for little. */
  static Map<String, Object> claims() {
    return members(
        "iss",
        "client1",
        "aud",
        ISSUER.value(),
        "nbf",
        SECONDS,
        "exp",
        SECONDS + 60,
        "client_id",
        "client1",
        "state",
        "s");
  }

  static Map<String, Object> claims(String name, Object value) {
    Map<String, Object> claims = claims();
    claims.put(name, value);
    return claims;
  }

  static Map<String, Object> without(String name) {
    Map<String, Object> claims = claims();
    claims.remove(name);
    return claims;
  }

  static String signed(Map<String, Object> claims) {
    return Jwts.signed(members("typ", "oauth-authz-req+jwt"), claims, KEY);
  }

  static VerifiedRequestObject verify(String object) {
    return RequestObject.read(object).verify(JOSE, KEYS, Optional.empty(), CLIENT, ISSUER, NOW);
  }

  static VerifiedRequestObject verify(Map<String, Object> claims) {
    return verify(signed(claims));
  }

  static Refusal.OAuth refuses(String object, String rule) {
    return Refusals.of(() -> verify(object), OAuthError.INVALID_REQUEST_OBJECT, rule);
  }

  static Refusal.OAuth refuses(Map<String, Object> claims, String rule) {
    return refuses(signed(claims), rule);
  }
}
