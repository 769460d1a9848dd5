package dev.countersign.demo.ca;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates of one validity (RFC 5280 section 4), signed with ECDSA and SHA-256. */
final class CertificateMaker {
  private static final X500Principal AUTHORITY =
      new X500Principal("CN=Countersign demo authority, O=Countersign");
  private static final X500Principal SERVER =
      new X500Principal("CN=Countersign on this machine, O=Countersign");
  private static final X500Principal CLIENT_AUTHORITY =
      new X500Principal("CN=Countersign demo authority of clients, O=Countersign");
  private static final ExtendedKeyUsage SERVERS =
      new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth);
  private static final ExtendedKeyUsage CLIENTS =
      new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
  private static final int SERIAL_BITS = 159;

  private final Date notBefore;
  private final Date notAfter;
  private final SecureRandom random;

  CertificateMaker(Instant notBefore, Instant notAfter, SecureRandom random) {
    this.notBefore = Date.from(notBefore);
    this.notAfter = Date.from(notAfter);
    this.random = random;
  }

  /**
   * An authority of its own making: path length 0, for this machine's names and for TLS servers
   * only. Without the latter it could sign what bears no host's name, such as code or mail, where a
   * system trusts an authority for everything.
   */
  X509Certificate authority(KeyPair keys) throws GeneralSecurityException {
    try {
      X509v3CertificateBuilder builder = builder(AUTHORITY, AUTHORITY, keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      builder.addExtension(Extension.extendedKeyUsage, false, SERVERS);
      builder.addExtension(Extension.nameConstraints, true, LocalNames.constraints());
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
      return signed(builder, keys.getPrivate());
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** A server's certificate for these names, whether or not the authority may sign for them. */
  X509Certificate server(
      X509Certificate authority, PrivateKey authorityKey, PublicKey key, GeneralNames names)
      throws GeneralSecurityException {
    try {
      X509v3CertificateBuilder builder = builder(authority.getSubjectX500Principal(), SERVER, key);
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, SERVERS);
      builder.addExtension(Extension.subjectAlternativeName, false, names);
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          identifiers.createAuthorityKeyIdentifier(authority.getPublicKey()));
      return signed(builder, authorityKey);
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** An authority of its own making: path length 0, for TLS clients of any name and nobody else. */
  X509Certificate clientAuthority(KeyPair keys) throws GeneralSecurityException {
    try {
      X509v3CertificateBuilder builder =
          builder(CLIENT_AUTHORITY, CLIENT_AUTHORITY, keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      builder.addExtension(Extension.extendedKeyUsage, false, CLIENTS);
      return signed(builder, keys.getPrivate());
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /**
   * A client's certificate.
   *
   * @param issuer who signs: an authority, or the client itself
   */
  X509Certificate client(
      X500Principal issuer, PrivateKey issuerKey, PublicKey key, X500Principal subject)
      throws GeneralSecurityException {
    try {
      X509v3CertificateBuilder builder = builder(issuer, subject, key);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, CLIENTS);
      return signed(builder, issuerKey);
    } catch (IOException | OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private X509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, PublicKey key) {
    // Positive and at most 20 octets (RFC 5280 section 4.1.2.2).
    BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(0);
    return new JcaX509v3CertificateBuilder(issuer, serial, notBefore, notAfter, subject, key);
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
  }
}
