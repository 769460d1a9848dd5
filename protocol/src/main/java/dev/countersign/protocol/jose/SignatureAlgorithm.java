package dev.countersign.protocol.jose;

import dev.countersign.requirement.Enforces;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The signature algorithms we make and accept (Security Profile 5.4.1): these three and no other,
 * so neither {@code none} nor a MAC nor RSA with PKCS #1 v1.5 has a value here.
 */
@Enforces({"SP-5.4.1-1.2", "SP-5.4.1-1.3"})
public enum SignatureAlgorithm {
  /** RSASSA-PSS with SHA-256, keys of at least 2048 bits. */
  PS256("PS256"),
  /** ECDSA on P-256 with SHA-256. */
  ES256("ES256"),
  /** EdDSA on Ed25519; written {@code EdDSA}, read also as {@code Ed25519} (RFC 9864). */
  EDDSA("EdDSA");

  private static final String ED25519 = "Ed25519";

  private final String joseName;

  SignatureAlgorithm(String joseName) {
    this.joseName = joseName;
  }

  /** The name in {@code alg}, and in metadata. */
  public String joseName() {
    return joseName;
  }

  /** The algorithm with this {@code alg}, compared exactly; empty for any other name. */
  public static Optional<SignatureAlgorithm> ofJoseName(String name) {
    if (name.equals(ED25519)) {
      return Optional.of(EDDSA);
    }
    return Arrays.stream(values()).filter(alg -> alg.joseName.equals(name)).findFirst();
  }

  /** The names for metadata, in the order PS256, ES256, EdDSA. */
  public static List<String> joseNames() {
    return Arrays.stream(values()).map(SignatureAlgorithm::joseName).toList();
  }
}
