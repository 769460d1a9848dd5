package dev.countersign.protocol.dpop;

import static dev.countersign.protocol.dpop.DpopVerifier.refused;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwtClaims;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The checks on the claims of a proof whose signature is good. */
final class ProofClaims {

  // SP-5.3.2.1-13 leaves 10 to 60 s free; its note 3 names 30 s as what removes trouble.
  private static final Duration AHEAD = Duration.ofSeconds(30);
  // Our choice: a proof is made for one request, and a request does not take longer.
  private static final Duration BEHIND = Duration.ofSeconds(60);

  private ProofClaims() {}

  @Enforces({"DP-3", "DP-4"})
  static Jti jti(JsonObject claims) throws MalformedJsonException {
    return new Jti(required(claims, "jti"));
  }

  @Enforces({"DP-3", "DP-4"})
  static void requireTarget(JsonObject claims, DpopExpectation expected)
      throws MalformedJsonException {
    String htm = required(claims, "htm");
    if (!htm.equals(expected.htm())) {
      throw refused("DP-4", "htm is " + htm + ", expected " + expected.htm());
    }
    Optional<TargetUri> htu = TargetUri.parse(required(claims, "htu"));
    boolean ours =
        htu.isPresent()
            && expected.htu().stream()
                .map(uri -> TargetUri.parse(uri.toString()))
                .anyMatch(htu::equals);
    if (!ours) {
      throw refused(
          "DP-4",
          "htu is "
              + htu.map(TargetUri::normal).orElse("not an http URL")
              + ", expected "
              + expected.htu());
    }
  }

  /**
   * The time of the proof. Up to 30 seconds ahead and up to 60 seconds back are good, both inclusive;
   * where a nonce stands in for the window, any time is.
   */
  @Enforces({"DP-3", "DP-4", "DP-15", "SP-5.3.2.1-13"})
  static Instant iat(JsonObject claims, NoncePolicy policy, Instant now)
      throws InvalidJwtException {
    Instant iat =
        new JwtClaims(claims)
            .instant("iat")
            .orElseThrow(() -> refused("DP-3", "iat is missing"));
    boolean windowed =
        switch (policy) {
          case NoncePolicy.Ignored ignored -> true;
          case NoncePolicy.Demanded demanded -> !demanded.replacesIat();
        };
    if (windowed && iat.isAfter(now.plus(AHEAD))) {
      throw refused("SP-5.3.2.1-13", "iat is more than 30 s in the future");
    }
    if (windowed && iat.isBefore(now.minus(BEHIND))) {
      throw refused("DP-15", "iat is more than 60 s in the past");
    }
    return iat;
  }

  @Enforces({"DP-3", "DP-4", "DP-10"})
  static void requireToken(JsonObject claims, Optional<AccessToken> token)
      throws MalformedJsonException {
    if (token.isEmpty()) {
      return;
    }
    byte[] ath = required(claims, "ath").getBytes(UTF_8);
    if (!MessageDigest.isEqual(ath, DpopProof.ath(token.get()).getBytes(UTF_8))) {
      throw refused("DP-4", "ath is not the hash of the access token");
    }
  }

  /** Judges the nonce, and says until when the proof would be taken again. */
  @Enforces({"DP-4", "DP-14", "DP-15"})
  static Instant replayableUntil(
      JsonObject claims, Instant iat, NoncePolicy policy, Instant now)
      throws MalformedJsonException {
    return switch (policy) {
      case NoncePolicy.Ignored ignored -> iat.plus(BEHIND);
      case NoncePolicy.Demanded(DpopNonces nonces, boolean replacesIat) -> {
        Instant mintedAt =
            nonce(claims)
                .flatMap(nonce -> nonces.mintedAt(nonce, now))
                .orElseThrow(() -> useNonce(claims));
        Instant nonceEnd = mintedAt.plus(nonces.lifetime());
        Instant iatEnd = iat.plus(BEHIND);
        yield replacesIat || nonceEnd.isBefore(iatEnd) ? nonceEnd : iatEnd;
      }
    };
  }

  private static Optional<DpopNonce> nonce(JsonObject claims) throws MalformedJsonException {
    Optional<String> value = claims.string("nonce");
    try {
      return value.map(DpopNonce::new);
    } catch (IllegalArgumentException e) {
      // Not a value we could have given out; the answer is the same as for a forged one.
      return Optional.empty();
    }
  }

  private static RefusalException useNonce(JsonObject claims) {
    String detail =
        claims.has("nonce") ? "the nonce is stale or not ours" : "the proof has no nonce";
    return Refusal.oauth(
            OAuthError.USE_DPOP_NONCE, "DP-14", "the DPoP proof needs the nonce that comes along")
        .withDetail(detail)
        .exception();
  }

  private static String required(JsonObject claims, String name) throws MalformedJsonException {
    return claims.string(name).orElseThrow(() -> refused("DP-3", name + " is missing"));
  }
}
