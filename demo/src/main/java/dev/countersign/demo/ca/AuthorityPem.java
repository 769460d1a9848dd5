package dev.countersign.demo.ca;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemGenerationException;

/** An authority as text (RFC 7468), and back. */
final class AuthorityPem {
  private static final String NAME_CONSTRAINTS = "2.5.29.30";
  private static final List<String> SERVERS = List.of(KeyPurposeId.id_kp_serverAuth.getId());
  private static final byte[] PROBE = {1, 2, 3};

  private AuthorityPem() {}

  static String certificate(X509Certificate certificate) {
    return write(certificate);
  }

  /** Key and certificate, in one text so that they cannot come apart. */
  static String whole(Authority authority) {
    return key(authority.key()) + write(authority.certificate());
  }

  static String key(PrivateKey key) {
    try {
      return write(new JcaPKCS8Generator(key, null));
    } catch (PemGenerationException e) {
      throw new IllegalStateException("an EC key has the form PKCS#8", e);
    }
  }

  /**
   * The authority of such a text. Empty if it is none that {@link CertificateMaker} makes: a key
   * that is not the certificate's, or an authority that reaches further than this machine's
   * servers.
   */
  static Optional<Authority> read(String text) {
    Optional<PrivateKey> key = Optional.empty();
    Optional<X509Certificate> certificate = Optional.empty();
    try (PEMParser pem = new PEMParser(new StringReader(text))) {
      for (Object found = pem.readObject(); found != null; found = pem.readObject()) {
        switch (found) {
          case PrivateKeyInfo info ->
              key = Optional.of(new JcaPEMKeyConverter().getPrivateKey(info));
          case X509CertificateHolder holder ->
              certificate = Optional.of(new JcaX509CertificateConverter().getCertificate(holder));
          default -> {
            return Optional.empty();
          }
        }
      }
    } catch (IOException | GeneralSecurityException malformed) {
      return Optional.empty();
    }
    Optional<PrivateKey> signer = key;
    return certificate
        .flatMap(root -> signer.map(secret -> new Authority(root, secret)))
        .filter(AuthorityPem::isOurs);
  }

  private static boolean isOurs(Authority authority) {
    X509Certificate root = authority.certificate();
    try {
      root.verify(root.getPublicKey());
      return root.getBasicConstraints() == 0
          && SERVERS.equals(root.getExtendedKeyUsage())
          && reachesThisMachineOnly(root)
          && fits(authority.key(), root);
    } catch (GeneralSecurityException | IOException e) {
      return false;
    }
  }

  private static boolean reachesThisMachineOnly(X509Certificate root) throws IOException {
    byte[] extension = root.getExtensionValue(NAME_CONSTRAINTS);
    return extension != null
        && root.getCriticalExtensionOIDs().contains(NAME_CONSTRAINTS)
        && Arrays.equals(
            ASN1OctetString.getInstance(extension).getOctets(),
            LocalNames.constraints().getEncoded());
  }

  private static boolean fits(PrivateKey key, X509Certificate root)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(root.getPublicKey());
    signature.update(PROBE);
    return signature.verify(signed);
  }

  private static String write(Object thing) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(thing);
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory can be written", e);
    }
    return text.toString();
  }
}
