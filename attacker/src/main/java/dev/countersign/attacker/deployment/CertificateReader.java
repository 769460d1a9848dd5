package dev.countersign.attacker.deployment;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Reads the keys {@code certificate} and {@code certificate_key}, which need each other. */
final class CertificateReader {
  private static final String CERTIFICATE = "certificate";
  private static final String KEY = "certificate_key";
  private static final String MEANING =
      "PEM file with the certificate that it shows in TLS, and then those above it.";
  private static final String KEY_MEANING =
      "PEM file with the private key to it (PKCS #8, not encrypted), open to nobody else.";

  private CertificateReader() {}

  /**
   * A certificate that must be there; empty if it is missing or wrong.
   *
   * @param example how its files may be called
   */
  static Optional<TestCertificate> required(Section section, Kinds kinds, String example) {
    Optional<List<X509Certificate>> chain =
        section.required(CERTIFICATE, kinds.certificates(example + ".pem"), MEANING);
    return section
        .required(KEY, kinds.certificateKey(chain, example + "-key.pem"), KEY_MEANING)
        .flatMap(one -> one);
  }

  /**
   * A certificate that may be left out; empty if it is, or is wrong.
   *
   * @param example how its files may be called
   */
  static Optional<TestCertificate> optional(Section section, Kinds kinds, String example) {
    Kind<List<X509Certificate>> certificates = kinds.certificates(example + ".pem");
    Optional<List<X509Certificate>> chain =
        section.optional(CERTIFICATE, certificates, "none", MEANING);
    Kind<Optional<TestCertificate>> key = kinds.certificateKey(chain, example + "-key.pem");
    Optional<Optional<TestCertificate>> read = section.optional(KEY, key, "none", KEY_MEANING);
    if (section.has(CERTIFICATE) && !section.has(KEY)) {
      section.fault(KEY, "is missing: a certificate needs its key", key.example());
    } else if (section.has(KEY) && !section.has(CERTIFICATE)) {
      section.fault(
          CERTIFICATE, "is missing: certificate_key is the key to one", certificates.example());
    }
    return read.flatMap(one -> one);
  }
}
