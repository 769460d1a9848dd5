package dev.countersign.protocol.jose;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * All cryptography of this module. Whoever wires an application chooses the provider once and hands
 * this object down; nothing is installed for the whole JVM.
 *
 * <p>Safe for use by many threads, without locks. Keys are made ready once and kept by their
 * thumbprint, at most 2048 of them.
 */
public final class Jose {

  private static final int RSA_BITS = 3072;
  private static final int CACHED_KEYS = 1024;
  private static final String HMAC = "HmacSHA256";

  private final String providerName;
  private final Algorithms algorithms;
  private final PreparedKeys prepared;
  private final KeyCache<Signer> signers = new KeyCache<>(CACHED_KEYS);
  private final KeyCache<Verifier> verifiers = new KeyCache<>(CACHED_KEYS);

  private Jose(String providerName, Optional<Provider> provider) {
    this.providerName = providerName;
    this.algorithms = new Algorithms(provider);
    this.prepared = new PreparedKeys(algorithms);
  }

  /**
   * Cryptography by the providers of the JVM in their order: the JDK's own, unless its owner
   * installed others.
   */
  public static Jose jdk() {
    return new Jose("JDK", Optional.empty());
  }

  /** Cryptography by {@code provider}; by the JDK for an algorithm that it does not have. */
  public static Jose with(Provider provider) {
    return new Jose(provider.getName() + " " + provider.getVersionStr(), Optional.of(provider));
  }

  /** The provider's name and version, for a log line at start. */
  public String providerName() {
    return providerName;
  }

  /**
   * Signs {@code claims} and gives back the compact form.
   *
   * @param extraHeader goes into the header behind {@code alg} and {@code kid}, for example {@code
   *     typ}; with a {@code jwk} in it the {@code kid} is left out, since the key is there already
   */
  public String sign(JsonObject extraHeader, JsonObject claims, SigningKey key) {
    JsonObject.Builder header = JsonObject.builder().put("alg", key.algorithm().joseName());
    if (!extraHeader.has("jwk")) {
      header.put("kid", key.kid());
    }
    String input =
        Base64Url.encode(header.putAll(extraHeader).build().toBytes())
            + "."
            + Base64Url.encode(claims.toBytes());
    byte[] signature = signer(key).sign(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + Base64Url.encode(signature);
  }

  /**
   * Verifies that {@code key} signed {@code jws}.
   *
   * @throws InvalidJwtException under SP-5.4.1-1.1 if the header names another algorithm than the
   *     key is for, the signature is not the key's, or the payload is not a strict JSON object
   */
  @Enforces({"SP-5.4.1-1.1"})
  public VerifiedJws verify(CompactJws jws, PublicJwk key) throws InvalidJwtException {
    if (jws.algorithm() != key.algorithm()) {
      throw new InvalidJwtException(
          "SP-5.4.1-1.1",
          Refusal.mismatch(
              "JWS alg", jws.algorithm().joseName(), key.algorithm().joseName() + " of the key"));
    }
    if (!isSignedBy(jws, key)) {
      throw new InvalidJwtException("SP-5.4.1-1.1", "JWS signature is wrong");
    }
    return verified(jws);
  }

  /**
   * Verifies that one of {@code keys} signed {@code jws}: those that its {@code kid} and {@code
   * alg} leave are tried in turn.
   *
   * @throws InvalidJwtException under SP-5.4.3-1 if no key is left to try; otherwise what {@link
   *     #verify(CompactJws, PublicJwk)} refuses
   */
  @Enforces({"SP-5.4.3-1"})
  public VerifiedJws verify(CompactJws jws, JwkSet keys) throws InvalidJwtException {
    List<PublicJwk> candidates = keys.select(jws.algorithm(), jws.kid());
    if (candidates.isEmpty()) {
      throw new InvalidJwtException(
          "SP-5.4.3-1",
          Refusal.mismatch(
              "JWS kid", jws.kid(), "that of a known " + jws.algorithm().joseName() + " key"));
    }
    if (candidates.stream().noneMatch(key -> isSignedBy(jws, key))) {
      throw new InvalidJwtException("SP-5.4.1-1.1", "JWS signature is wrong");
    }
    return verified(jws);
  }

  private static VerifiedJws verified(CompactJws jws) throws InvalidJwtException {
    return new SignatureVerified(jws.unverifiedClaims(), jws.type(), jws.kid(), jws.header());
  }

  /** Whether the signature is the key's, whatever the payload is. */
  boolean isSignedBy(CompactJws jws, PublicJwk key) {
    return verifier(key).verify(jws.signingInput(), jws.signature());
  }

  /** The signature of {@code input} by the key's algorithm, for a form of its own (RFC 9421). */
  public byte[] sign(byte[] input, SigningKey key) {
    return signer(key).sign(input);
  }

  /** Whether {@code signature} is the key's over {@code input}; false for one that cannot be. */
  public boolean isSigned(byte[] input, byte[] signature, PublicJwk key) {
    return JwsHeaderRules.isPossible(key.algorithm(), signature)
        && verifier(key).verify(input, signature);
  }

  /** A new key; its {@code kid} is its thumbprint. RSA keys have 3072 bits (our choice). */
  public SigningKey generate(SignatureAlgorithm algorithm, SecureRandom random) {
    try {
      return SigningKey.of(algorithm, keyPair(algorithm, random));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("No " + algorithm + " key can be made", broken);
    }
  }

  private KeyPair keyPair(SignatureAlgorithm algorithm, SecureRandom random)
      throws GeneralSecurityException {
    return switch (algorithm) {
      case PS256 -> {
        KeyPairGenerator rsa = algorithms.keyPairGenerator("RSA");
        rsa.initialize(RSA_BITS, random);
        yield rsa.generateKeyPair();
      }
      case ES256 -> {
        KeyPairGenerator ec = algorithms.keyPairGenerator("EC");
        ec.initialize(new ECGenParameterSpec("secp256r1"), random);
        yield ec.generateKeyPair();
      }
      // The JDK's own, which takes the given randomness; not every provider's generator does.
      case EDDSA -> {
        KeyPairGenerator ed = KeyPairGenerator.getInstance("Ed25519");
        ed.initialize(255, random);
        yield ed.generateKeyPair();
      }
    };
  }

  /** HMAC with SHA-256 under {@code key}, at least 32 bytes; a new object that is ready for use. */
  public Mac hmacSha256(byte[] key) {
    if (key.length < 32) {
      throw new IllegalArgumentException("HMAC key must have at least 32 bytes (SP-5.4.1-4)");
    }
    try {
      Mac mac = algorithms.mac(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("No " + HMAC, broken);
    }
  }

  private Signer signer(SigningKey key) {
    return signers
        .get(key.thumbprint())
        .orElseGet(
            () -> {
              Signer signer = prepared.signer(key);
              signers.put(key.thumbprint(), signer);
              return signer;
            });
  }

  private Verifier verifier(PublicJwk key) {
    return verifiers
        .get(key.thumbprint())
        .orElseGet(
            () -> {
              Verifier verifier = prepared.verifier(key);
              verifiers.put(key.thumbprint(), verifier);
              return verifier;
            });
  }
}
