package dev.countersign.protocol.dpop;

import static dev.countersign.protocol.dpop.DpopVerifier.refused;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.jose.TimeRules;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The checks on the claims of a proof whose signature is good. */
final class ProofClaims {

  // Our choice: a proof is made for one request, and a request does not take longer.
  private static final Duration BEHIND = Duration.ofSeconds(60);

  private final JsonObject json;
  private final JwtClaims claims;
  private final DpopExpectation expected;

  ProofClaims(JsonObject json, DpopExpectation expected) {
    this.json = json;
    this.claims = JwtClaims.of(json, "DP-3");
    this.expected = expected;
  }

  @Enforces({"DP-3", "DP-4"})
  Jti jti() throws InvalidJwtException {
    return new Jti(claims.requiredString("jti"));
  }

  @Enforces({"DP-3", "DP-4"})
  void requireTarget() throws InvalidJwtException {
    String htm = claims.requiredString("htm");
    if (!htm.equals(expected.htm())) {
      throw refused("DP-4", Refusal.mismatch("htm", htm, expected.htm()));
    }
    Optional<TargetUri> htu = TargetUri.parse(claims.requiredString("htu"));
    if (htu.isEmpty() || !expected.targets().contains(htu.get())) {
      throw refused(
          "DP-4",
          Refusal.mismatch(
              "htu",
              htu.map(TargetUri::normal).orElse("not an http URL"),
              expected.htu().toString()));
    }
  }

  /**
   * The time of the proof. Up to 30 seconds ahead and up to 60 seconds back are good, both
   * inclusive; where a nonce stands in for the window, any time is. A proof need not have {@code
   * nbf} and {@code exp}; one that has them is held to them, with 30 seconds for clocks that differ
   * (RFC 7519 sections 4.1.4 and 4.1.5).
   */
  @Enforces({"DP-3", "DP-4", "DP-15", "SP-5.3.2.1-13"})
  Instant iat(Instant now) throws InvalidJwtException {
    Instant iat = claims.requiredInstant("iat");
    boolean windowed =
        switch (expected.nonce()) {
          case NoncePolicy.Ignored ignored -> true;
          case NoncePolicy.Demanded demanded -> !demanded.replacesIat();
        };
    if (windowed) {
      requireWindow(iat, now);
    }
    return iat;
  }

  private void requireWindow(Instant iat, Instant now) throws InvalidJwtException {
    Optional<Instant> nbf = claims.instant("nbf");
    Optional<Instant> exp = claims.instant("exp");
    if (TimeRules.isFromTheFuture(iat, now)) {
      throw refused("SP-5.3.2.1-13", TimeRules.fromTheFuture("iat", iat, now));
    }
    if (iat.isBefore(now.minus(BEHIND))) {
      throw refused("DP-15", Refusal.mismatch("iat", iat.toString(), "at most 60 s before " + now));
    }
    if (nbf.isPresent() && TimeRules.isFromTheFuture(nbf.get(), now)) {
      throw refused("SP-5.3.2.1-13", TimeRules.fromTheFuture("nbf", nbf.get(), now));
    }
    if (exp.isPresent() && TimeRules.isExpired(exp.get().plus(TimeRules.FUTURE), now)) {
      throw refused(
          "DP-4", Refusal.mismatch("exp", exp.get().toString(), "less than 30 s before " + now));
    }
  }

  @Enforces({"DP-3", "DP-4", "DP-10"})
  void requireToken() throws InvalidJwtException {
    Optional<AccessToken> token = expected.token();
    if (token.isEmpty()) {
      return;
    }
    byte[] ath = claims.requiredString("ath").getBytes(UTF_8);
    if (!MessageDigest.isEqual(ath, DpopProof.ath(token.get()).getBytes(UTF_8))) {
      throw refused("DP-4", "ath is not the hash of the access token");
    }
  }

  /** Judges the nonce, and says until when the proof would be taken again. */
  @Enforces({"DP-4", "DP-14", "DP-15"})
  Window window(Instant iat, Instant now) throws InvalidJwtException {
    Window byClock = new Window(iat.minus(TimeRules.FUTURE), iat.plus(BEHIND));
    return switch (expected.nonce()) {
      case NoncePolicy.Ignored ignored -> byClock;
      case NoncePolicy.Demanded(DpopNonces nonces, boolean replacesIat) -> {
        Instant mintedAt =
            nonce().flatMap(nonce -> nonces.mintedAt(nonce, now)).orElseThrow(this::useNonce);
        Window byNonce = new Window(mintedAt, mintedAt.plus(nonces.lifetime()));
        yield replacesIat ? byNonce : byClock.and(byNonce);
      }
    };
  }

  /** From the first to the last instant at which a proof is good. */
  record Window(Instant from, Instant until) {

    private Window and(Window other) {
      return new Window(
          from.isAfter(other.from) ? from : other.from,
          until.isBefore(other.until) ? until : other.until);
    }
  }

  private Optional<DpopNonce> nonce() throws InvalidJwtException {
    Optional<String> value = claims.string("nonce");
    try {
      return value.map(DpopNonce::new);
    } catch (IllegalArgumentException notOurs) {
      // Not a value we could have given out; the answer is the same as for a forged one.
      return Optional.empty();
    }
  }

  private RefusalException useNonce() {
    String detail = json.has("nonce") ? "the nonce is stale or not ours" : "the proof has no nonce";
    return Refusal.oauth(
            OAuthError.USE_DPOP_NONCE, "DP-14", "the DPoP proof needs the nonce that comes along")
        .withDetail(detail)
        .exception();
  }
}
