package dev.countersign.protocol.dpop;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.fixture.Jwts.members;

import dev.countersign.protocol.fixture.Jwts;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Proofs that say whatever a test wants, and what they are verified against. */
final class DpopProofs {

  static final Instant NOW = Instant.ofEpochSecond(1750000000);
  static final AccessToken TOKEN = new AccessToken("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU");
  static final DpopExpectation AT_AS =
      new DpopExpectation(
          "POST",
          List.of(URI.create("https://as.example.com/token")),
          Optional.empty(),
          new NoncePolicy.Ignored());
  static final DpopExpectation AT_RS =
      new DpopExpectation(
          "POST",
          List.of(URI.create("https://as.example.com/token")),
          Optional.of(TOKEN),
          new NoncePolicy.Ignored());

  private DpopProofs() {}

  static Map<String, Object> header() {
    return members("typ", "dpop+jwt", "jwk", KEY.publicJwk().requiredMembers());
  }

  static Map<String, Object> claims() {
    return members(
        "jti", "j1",
        "htm", "POST",
        "htu", "https://as.example.com/token",
        "iat", NOW.getEpochSecond(),
        "ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo");
  }

  static Map<String, Object> claims(String name, Object value) {
    Map<String, Object> claims = claims();
    claims.put(name, value);
    return claims;
  }

  static String proof(Map<String, ?> claims) {
    return Jwts.signed(header(), claims, KEY);
  }

  static VerifiedDpopProof verify(String proof, DpopExpectation expected) {
    return new DpopVerifier(JOSE).verify(List.of(proof), expected, NOW);
  }

  static Refusal.OAuth refuses(String proof, DpopExpectation expected, String rule) {
    return Refusals.of(() -> verify(proof, expected), OAuthError.INVALID_DPOP_PROOF, rule);
  }

  static Refusal.OAuth refuses(Map<String, ?> claims, String rule) {
    return refuses(proof(claims), AT_RS, rule);
  }
}
