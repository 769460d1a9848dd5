package dev.countersign.edge;

import dev.countersign.requirement.Enforces;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Locale;

/**
 * What a server's certificates must be: RSA of 2048 bits or EC of 256, signed with SHA-256 or
 * better (RFC 9325 section 4.5), naming the server in subjectAltName, because clients do not read
 * the common name (RFC 9525), in order, and with the right key.
 */
final class TlsIdentityRules {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MIN_EC_BITS = 256;
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String ANY_PURPOSE = "2.5.29.37.0";

  private TlsIdentityRules() {}

  @Enforces({"TLS-5"})
  static void require(List<X509Certificate> chain, PrivateKey key)
      throws InvalidTlsIdentityException {
    if (chain.isEmpty()) {
      throw new InvalidTlsIdentityException("the certificate chain is empty");
    }
    for (X509Certificate certificate : chain) {
      requireStrongKey(certificate);
      requireStrongSignature(certificate);
    }
    requireOrder(chain);
    requireServerPurpose(chain.getFirst());
    requireMatch(chain.getFirst().getPublicKey(), key);
  }

  private static void requireStrongKey(X509Certificate certificate)
      throws InvalidTlsIdentityException {
    boolean strong =
        switch (certificate.getPublicKey()) {
          case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= MIN_RSA_BITS;
          case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= MIN_EC_BITS;
          default -> false;
        };
    if (!strong) {
      throw error(certificate, "needs an RSA key of 2048 bits or more or an EC key of 256 or more");
    }
  }

  private static void requireStrongSignature(X509Certificate certificate)
      throws InvalidTlsIdentityException {
    // The signature of a root says nothing: it is trusted for itself.
    boolean root =
        certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    if (!root && (algorithm.startsWith("SHA1") || algorithm.startsWith("MD"))) {
      throw error(certificate, "is signed with " + algorithm + ", not with SHA-256 or better");
    }
  }

  private static void requireOrder(List<X509Certificate> chain) throws InvalidTlsIdentityException {
    for (int i = 0; i + 1 < chain.size(); i++) {
      try {
        chain.get(i).verify(chain.get(i + 1).getPublicKey());
      } catch (GeneralSecurityException e) {
        throw new InvalidTlsIdentityException(
            name(chain.get(i)) + " is not signed by the certificate after it, wrong order?", e);
      }
    }
  }

  private static void requireServerPurpose(X509Certificate leaf)
      throws InvalidTlsIdentityException {
    boolean[] usage = leaf.getKeyUsage();
    if (usage != null && !usage[0]) {
      throw error(leaf, "lacks the key usage digitalSignature");
    }
    try {
      List<String> purposes = leaf.getExtendedKeyUsage();
      if (purposes != null && !purposes.contains(SERVER_AUTH) && !purposes.contains(ANY_PURPOSE)) {
        throw error(leaf, "lacks the extended key usage serverAuth");
      }
      if (leaf.getSubjectAlternativeNames() == null) {
        throw error(leaf, "lacks subjectAltName; clients do not read the common name (RFC 9525)");
      }
    } catch (CertificateParsingException e) {
      throw new InvalidTlsIdentityException(name(leaf) + " has an extension that is broken", e);
    }
  }

  /**
   * Tried by a signature and not by comparing numbers, because the key may not leave its module.
   */
  private static void requireMatch(PublicKey publicKey, PrivateKey key)
      throws InvalidTlsIdentityException {
    String algorithm = publicKey instanceof RSAPublicKey ? "SHA256withRSA" : "SHA256withECDSA";
    try {
      byte[] probe = publicKey.getEncoded();
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(probe);
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(publicKey);
      verifier.update(probe);
      if (verifier.verify(signer.sign())) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw new InvalidTlsIdentityException("the private key does not fit the certificate", e);
    }
    throw new InvalidTlsIdentityException("the private key does not fit the certificate");
  }

  private static InvalidTlsIdentityException error(X509Certificate certificate, String fault) {
    return new InvalidTlsIdentityException(name(certificate) + " " + fault);
  }

  private static String name(X509Certificate certificate) {
    return "certificate " + certificate.getSubjectX500Principal().getName();
  }
}
