package dev.countersign.protocol.dpop;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** How a client makes a proof for one request (RFC 9449 section 4.2). */
public final class DpopProof {

  /** The request header that carries the proof. */
  public static final String HEADER = "DPoP";

  /** The {@code typ} of a proof. */
  public static final String TYPE = "dpop+jwt";

  private DpopProof() {}

  /**
   * A proof for one request, to be sent once.
   *
   * @param htm the method of the request
   * @param htu the URL of the request; query and fragment are left out, and what is not ASCII is
   *     escaped as it is on the wire
   * @param jti fresh
   * @param iat now, by the client's clock
   * @param token the access token that goes with the request
   * @param nonce the newest one this server gave
   */
  @Enforces({"DP-1", "DP-2", "DP-3", "DP-10"})
  public static String create(
      Jose jose,
      SigningKey key,
      String htm,
      URI htu,
      Jti jti,
      Instant iat,
      Optional<AccessToken> token,
      Optional<DpopNonce> nonce) {
    JsonObject header =
        JsonObject.builder().put("typ", TYPE).put("jwk", key.publicJwk().requiredMembers()).build();
    JsonObject claims =
        JsonObject.builder()
            .put("jti", jti.value())
            .put("htm", htm)
            .put("htu", htu.toASCIIString().split("[?#]", 2)[0])
            .put("iat", iat.getEpochSecond())
            .put("ath", token.map(DpopProof::ath))
            .put("nonce", nonce.map(DpopNonce::value))
            .build();
    return jose.sign(header, claims, key);
  }

  /** The hash of the access token that a proof for its use must hold. */
  static String ath(AccessToken token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.digest().sha256());
  }
}
