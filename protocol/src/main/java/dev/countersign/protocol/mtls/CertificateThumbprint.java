package dev.countersign.protocol.mtls;

import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.requirement.Enforces;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * The SHA-256 thumbprint of a certificate (RFC 8705 section 3.1), as in {@code x5t#S256}. Not a
 * secret.
 *
 * @param value 43 characters of base64url
 */
public record CertificateThumbprint(String value) {

  /** Refuses any other form with {@link IllegalArgumentException}. */
  public CertificateThumbprint {
    // The same form as that of a key's thumbprint, which is checked there.
    Thumbprint unused = new Thumbprint(value);
  }

  /** The thumbprint of this certificate. */
  @Enforces("MT-5")
  public static CertificateThumbprint of(X509Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return new CertificateThumbprint(
          Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("every JVM knows SHA-256, and every certificate its form", e);
    }
  }

  /** Whether both are of one certificate; takes the same time for all. */
  public boolean matches(CertificateThumbprint other) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.US_ASCII), other.value.getBytes(StandardCharsets.US_ASCII));
  }

  /** The thumbprint itself. */
  @Override
  public String toString() {
    return value;
  }
}
