package dev.countersign.protocol.idtoken;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Enforces;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * What an ID token says (OpenID Connect Core section 2). Instants are written as whole seconds,
 * parts of a second are cut.
 *
 * @param iss who says it
 * @param sub who logged in
 * @param aud the client it is for, the only one
 * @param iat when it was issued
 * @param exp the first instant at which it must no longer be accepted; after {@code iat}
 * @param authTime when the person logged in
 * @param nonce that of the authorization request, unchanged
 * @param acr how strongly the person logged in
 * @param atHash binds the access token that was issued with it, see {@link #atHash(AccessToken,
 *     SignatureAlgorithm)}
 */
public record IdTokenClaims(
    Issuer iss,
    Subject sub,
    ClientId aud,
    Instant iat,
    Instant exp,
    Optional<Instant> authTime,
    Optional<Nonce> nonce,
    Optional<String> acr,
    Optional<String> atHash) {

  /** What RFC 7519 and OpenID Connect say about the token itself, the login and the session. */
  private static final Set<String> RESERVED =
      Set.of(
          "iss",
          "sub",
          "aud",
          "exp",
          "nbf",
          "iat",
          "jti",
          "auth_time",
          "nonce",
          "acr",
          "amr",
          "azp",
          "at_hash",
          "c_hash",
          "s_hash",
          "cnf",
          "sid",
          "sub_jwk",
          "events",
          "act",
          "may_act");

  /** Refuses a token without lifetime with {@link IllegalArgumentException}. */
  public IdTokenClaims {
    if (!exp.isAfter(iat)) {
      throw new IllegalArgumentException("IdTokenClaims.exp must be after iat (OA-10)");
    }
  }

  /** The signed token in compact form; the algorithm is the key's. */
  @Enforces({"OA-10", "SP-5.3.2.3-1"})
  public String sign(Jose jose, SigningKey key) {
    return sign(jose, key, JsonObject.builder().build());
  }

  /**
   * The signed token with further claims about the person. One that a protocol gives a meaning of
   * its own ({@link #isReserved}) is an {@link IllegalArgumentException}.
   */
  @Enforces({"OA-10", "SP-5.3.2.3-1"})
  public String sign(Jose jose, SigningKey key, JsonObject person) {
    if (person.names().stream().anyMatch(IdTokenClaims::isReserved)) {
      throw new IllegalArgumentException("a claim about the person has a reserved name (OA-10)");
    }
    JsonObject claims =
        JsonObject.builder()
            .put("iss", iss.value())
            .put("sub", sub.value())
            .put("aud", aud.value())
            .put("iat", iat.getEpochSecond())
            .put("exp", exp.getEpochSecond())
            .put("auth_time", authTime.map(Instant::getEpochSecond))
            .put("nonce", nonce.map(Nonce::value))
            .put("acr", acr)
            .put("at_hash", atHash)
            .putAll(person)
            .build();
    return jose.sign(JsonObject.builder().put("typ", "JWT").build(), claims, key);
  }

  /** Whether a claim says something about the token or the login, so that no person has it. */
  public static boolean isReserved(String claim) {
    return RESERVED.contains(claim);
  }

  /**
   * The left half of the hash of the access token, base64url: SHA-256 for {@code PS256} and {@code
   * ES256}, SHA-512 for Ed25519 (OpenID Connect Core section 3.1.3.6).
   */
  @Enforces({"OA-10"})
  public static String atHash(AccessToken token, SignatureAlgorithm algorithm) {
    String hash =
        switch (algorithm) {
          case PS256, ES256 -> "SHA-256";
          case EDDSA -> "SHA-512";
        };
    try {
      byte[] digest = MessageDigest.getInstance(hash).digest(token.reveal().getBytes(US_ASCII));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(digest, digest.length / 2));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the Java runtime has no " + hash, e);
    }
  }
}
