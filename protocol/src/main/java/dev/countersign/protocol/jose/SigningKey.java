package dev.countersign.protocol.jose;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Enforces;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/**
 * A private key for one signature algorithm, with its public half. The two belong together: that
 * was tried when it was made. Immutable.
 */
public final class SigningKey {

  private static final byte[] PROBE = {1, 2, 3};

  private final PublicJwk publicJwk;
  private final String kid;
  private final PrivateKey privateKey;

  private SigningKey(PublicJwk publicJwk, String kid, PrivateKey privateKey) {
    this.publicJwk = publicJwk;
    this.kid = kid;
    this.privateKey = privateKey;
  }

  /** A key pair that was just generated; its {@code kid} is its thumbprint. */
  static SigningKey of(SignatureAlgorithm algorithm, KeyPair pair) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance(PrivateJwk.keyFactoryName(algorithm));
    PublicKey publicKey =
        factory.generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded()));
    PrivateKey privateKey =
        factory.generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded()));
    try {
      return tried(PrivateJwk.publicMembers(algorithm, publicKey), privateKey);
    } catch (InvalidJwkException broken) {
      throw new GeneralSecurityException("The generated key is not acceptable", broken);
    }
  }

  /**
   * Reads a private JWK. Without {@code kid} its thumbprint is taken.
   *
   * @throws InvalidJwkException for a public half that {@link PublicJwk#parse} refuses, a missing
   *     or malformed private member, RSA without its primes or with more than two, or halves that
   *     do not belong together
   */
  public static SigningKey fromPrivateJwk(JsonObject jwk) throws InvalidJwkException {
    JsonObject publicMembers = PrivateJwk.withoutPrivateMembers(jwk);
    PublicJwk half = PublicJwk.parse(publicMembers);
    return tried(publicMembers, PrivateJwk.privateKey(half.algorithm(), jwk));
  }

  private static SigningKey tried(JsonObject publicMembers, PrivateKey privateKey)
      throws InvalidJwkException {
    PublicJwk half = PublicJwk.parse(publicMembers);
    String kid = half.kid().orElse(half.thumbprint().value());
    PublicJwk complete = PublicJwk.parse(PrivateJwk.forPublication(half, kid));
    SigningKey key = new SigningKey(complete, kid, privateKey);
    if (!key.signsForItself()) {
      throw new InvalidJwkException("SP-5.4.1-1.1", "JWK halves do not belong together");
    }
    return key;
  }

  private boolean signsForItself() {
    PreparedKeys jdk = new PreparedKeys(new Algorithms(Optional.empty()));
    try {
      return jdk.verifier(publicJwk).verify(PROBE, jdk.signer(this).sign(PROBE));
    } catch (IllegalStateException numbersThatCannotSign) {
      return false;
    }
  }

  /** Its {@code kid}, which goes into the header of what it signs. */
  public String kid() {
    return kid;
  }

  /** The one algorithm this key is for. */
  public SignatureAlgorithm algorithm() {
    return publicJwk.algorithm();
  }

  /** The public half with {@code use}, {@code alg} and {@code kid}, for a JWK set. */
  @Enforces({"SP-6.8-2"})
  public PublicJwk publicJwk() {
    return publicJwk;
  }

  /** The thumbprint of the public half. */
  public Thumbprint thumbprint() {
    return publicJwk.thumbprint();
  }

  /**
   * The whole key, <b>private half included</b>: only for a place that keeps secrets. Whoever reads
   * it can sign as its owner.
   */
  public JsonObject toPrivateJwk() {
    return PrivateJwk.toJson(publicJwk, privateKey);
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  /** The {@code kid} and nothing else. */
  @Override
  public String toString() {
    return "SigningKey[" + kid + "]";
  }
}
