package dev.countersign.protocol.jose;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Enforces;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A public key for one signature algorithm, as a JSON Web Key (RFC 7517). The key type decides the
 * algorithm: RSA is for PS256, EC on P-256 for ES256, OKP on Ed25519 for EdDSA. Immutable.
 */
public final class PublicJwk {

  private static final String BCP = "SP-5.4.1-1.1";
  private static final int MAX_KID_LENGTH = 256;
  private static final List<String> PRIVATE_MEMBERS =
      List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private final SignatureAlgorithm algorithm;
  private final Optional<String> kid;
  private final Optional<String> use;
  private final Optional<String> alg;
  private final JsonObject requiredMembers;
  private final Thumbprint thumbprint;
  private final PublicKey key;
  private final List<X509Certificate> certificates;

  private PublicJwk(SignatureAlgorithm algorithm, JsonObject jwk, boolean withCertificates)
      throws InvalidJwkException, MalformedJsonException {
    this.algorithm = algorithm;
    this.kid = jwk.string("kid");
    this.use = jwk.string("use");
    this.alg = jwk.string("alg");
    this.key = KeyRules.publicKey(algorithm, jwk);
    this.requiredMembers = requiredMembers(algorithm, jwk);
    this.thumbprint = thumbprint(requiredMembers);
    this.certificates = withCertificates ? CertificateChain.read(jwk, key) : List.of();
  }

  /**
   * Reads a key; members that mean nothing here are ignored (RFC 7517 section 4).
   *
   * @throws InvalidJwkException for any private member; a key type or curve that is not ours; an
   *     {@code alg} of another key type; a {@code use} other than {@code sig}; {@code key_ops}
   *     without {@code verify}; RSA below 2048 or above 8192 bits or with an unsafe exponent; a
   *     point that is not on P-256; an Ed25519 point of wrong length, not canonical or of small
   *     order; a number that is not canonical base64url
   */
  @Enforces({"SP-5.4.1-1.1", "SP-5.4.1-1.2", "DP-2"})
  public static PublicJwk parse(JsonObject jwk) throws InvalidJwkException {
    return parse(jwk, false);
  }

  private static PublicJwk parse(JsonObject jwk, boolean withCertificates)
      throws InvalidJwkException {
    if (isPrivate(jwk)) {
      throw new InvalidJwkException("DP-2", "JWK has a private member");
    }
    try {
      SignatureAlgorithm algorithm = algorithm(jwk);
      checkPurpose(algorithm, jwk);
      return new PublicJwk(algorithm, jwk, withCertificates);
    } catch (MalformedJsonException malformed) {
      throw new InvalidJwkException(BCP, "JWK: " + malformed.reason());
    }
  }

  /** Whether it holds any part of a private or symmetric key. */
  static boolean isPrivate(JsonObject jwk) {
    return PRIVATE_MEMBERS.stream().anyMatch(jwk::has);
  }

  /**
   * The key of a set, with its certificates; empty if it is of no use to us. A key that comes in a
   * message alone has none: they would only be work for us.
   */
  static Optional<PublicJwk> parseIfUsable(JsonObject jwk) {
    try {
      return Optional.of(parse(jwk, true));
    } catch (InvalidJwkException ofNoUse) {
      return Optional.empty();
    }
  }

  private static SignatureAlgorithm algorithm(JsonObject jwk)
      throws InvalidJwkException, MalformedJsonException {
    String kty = jwk.string("kty").orElse("");
    String crv = jwk.string("crv").orElse("");
    if (kty.equals("RSA")) {
      return SignatureAlgorithm.PS256;
    }
    if (kty.equals("EC") && crv.equals("P-256")) {
      return SignatureAlgorithm.ES256;
    }
    if (kty.equals("OKP") && crv.equals("Ed25519")) {
      return SignatureAlgorithm.EDDSA;
    }
    throw new InvalidJwkException("SP-5.4.1-1.2", "JWK type is not accepted");
  }

  private static void checkPurpose(SignatureAlgorithm algorithm, JsonObject jwk)
      throws InvalidJwkException, MalformedJsonException {
    Optional<String> alg = jwk.string("alg");
    if (alg.isPresent()
        && !SignatureAlgorithm.ofJoseName(alg.get()).equals(Optional.of(algorithm))) {
      throw new InvalidJwkException("SP-5.4.1-1.2", "JWK alg is not one of its type");
    }
    if (!jwk.string("use").orElse("sig").equals("sig")) {
      throw new InvalidJwkException("SP-6.8-2", "JWK is not for signatures");
    }
    if (!jwk.strings("key_ops").orElse(List.of("verify")).contains("verify")) {
      throw new InvalidJwkException("SP-6.8-2", "JWK is not for verification");
    }
    if (jwk.string("kid").orElse("").length() > MAX_KID_LENGTH) {
      throw new InvalidJwkException(BCP, "JWK kid is longer than " + MAX_KID_LENGTH);
    }
  }

  /** In the order of RFC 7638 section 3.2: by name. */
  private static JsonObject requiredMembers(SignatureAlgorithm algorithm, JsonObject jwk)
      throws MalformedJsonException {
    List<String> names =
        switch (algorithm) {
          case PS256 -> List.of("e", "kty", "n");
          case ES256 -> List.of("crv", "kty", "x", "y");
          case EDDSA -> List.of("crv", "kty", "x");
        };
    JsonObject.Builder members = JsonObject.builder();
    for (String name : names) {
      members.put(name, jwk.string(name));
    }
    return members.build();
  }

  private static Thumbprint thumbprint(JsonObject requiredMembers) {
    try {
      byte[] canonical = requiredMembers.toJson().getBytes(StandardCharsets.UTF_8);
      return new Thumbprint(
          Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(canonical)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException("This JDK has no SHA-256", everyJdkHasIt);
    }
  }

  /** The one algorithm this key is for. */
  public SignatureAlgorithm algorithm() {
    return algorithm;
  }

  /** Its {@code kid}, at most 256 characters. */
  public Optional<String> kid() {
    return kid;
  }

  /** Its {@code use}: {@code sig} if there is any. */
  public Optional<String> use() {
    return use;
  }

  /** Its SHA-256 thumbprint (RFC 7638). */
  public Thumbprint thumbprint() {
    return thumbprint;
  }

  /** The key for the JDK's cryptography. */
  public PublicKey key() {
    return key;
  }

  /**
   * Its certificates ({@code x5c}), the first is of this very key; none unless the key was read as
   * part of a set. Nobody has judged them.
   */
  public List<X509Certificate> certificates() {
    return certificates;
  }

  /** The key with its {@code use}, {@code alg}, {@code kid} and {@code x5c}, for a JWK set. */
  public JsonObject toJson() {
    JsonObject.Builder json =
        requiredMembers.toBuilder().put("use", use).put("alg", alg).put("kid", kid);
    return certificates.isEmpty()
        ? json.build()
        : json.put("x5c", certificates.stream().map(PublicJwk::base64).toList()).build();
  }

  private static String base64(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException itWasRead) {
      throw new IllegalStateException("A certificate has no DER", itWasRead);
    }
  }

  /** The members that make the key and no other, for the {@code jwk} of a DPoP proof. */
  public JsonObject requiredMembers() {
    return requiredMembers;
  }

  /**
   * Whether it is the same key with the same {@code kid}, {@code use}, {@code alg} and {@code x5c}.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof PublicJwk jwk && toJson().equals(jwk.toJson());
  }

  @Override
  public int hashCode() {
    return thumbprint.hashCode();
  }

  /** Algorithm and thumbprint. */
  @Override
  public String toString() {
    return "PublicJwk[" + algorithm + " " + thumbprint + "]";
  }
}
