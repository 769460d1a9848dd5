package dev.countersign.cli.conformance;

import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A certificate and the private key to it. The text form shows the subject only.
 *
 * @param certificate without its chain
 * @param key its private key
 */
record Credential(X509Certificate certificate, PrivateKey key) {

  /** The certificate as PEM. */
  String certificatePem() {
    return pem("CERTIFICATE", der());
  }

  /** The private key as PEM (PKCS #8). */
  String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /** The subject, most specific part first, as RFC 4514 writes it. */
  String subject() {
    return certificate.getSubjectX500Principal().getName();
  }

  /** The certificate as {@code x5c} has it (RFC 7517 section 4.7). */
  String x5c() {
    return Base64.getEncoder().encodeToString(der());
  }

  private byte[] der() {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was just made has a form", e);
    }
  }

  private static String pem(String label, byte[] content) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(label, content));
    } catch (IOException e) {
      throw new IllegalStateException("text in memory can be written", e);
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "Credential[" + subject() + "]";
  }
}
