package dev.countersign.edge;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who a server is in TLS: its certificate chain and the private key to its first certificate. Only
 * what RFC 9325 section 4.5 allows can be one, see {@link TlsIdentityRules}; whether the chain is
 * still valid depends on the time and is asked by {@link #notAfter}. The text form holds the
 * subject only. Immutable.
 */
public final class TlsIdentity {
  private final List<X509Certificate> chain;
  private final PrivateKey key;

  private TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  /**
   * The identity of two PEM files, which may be the same file.
   *
   * @param chain certificates, the server's own first, each followed by its issuer; the root may be
   *     left out
   * @param key one unencrypted PKCS#8 private key
   * @throws InvalidTlsIdentityException naming the file and what is wrong with it
   */
  public static TlsIdentity ofPem(Path chain, Path key) throws InvalidTlsIdentityException {
    List<X509Certificate> certificates = PemFile.read(chain).certificates();
    String algorithm = certificates.getFirst().getPublicKey().getAlgorithm();
    PrivateKey privateKey = PemFile.read(key).privateKey(algorithm);
    try {
      return of(certificates, privateKey);
    } catch (InvalidTlsIdentityException e) {
      throw new InvalidTlsIdentityException(
          "certificate chain " + chain + " with key " + key + ": " + e.getMessage(), e);
    }
  }

  /**
   * The identity of objects in memory; the key may live in a hardware module.
   *
   * @param chain as in {@link #ofPem}
   * @throws InvalidTlsIdentityException naming what is wrong
   */
  public static TlsIdentity of(List<X509Certificate> chain, PrivateKey key)
      throws InvalidTlsIdentityException {
    List<X509Certificate> copy = List.copyOf(chain);
    TlsIdentityRules.require(copy, key);
    return new TlsIdentity(copy, key);
  }

  /**
   * The identity that a key store holds under {@code alias}.
   *
   * @throws InvalidTlsIdentityException if there is none, the password is wrong, or as in {@link
   *     #of}
   */
  public static TlsIdentity of(KeyStore store, String alias, char[] password)
      throws InvalidTlsIdentityException {
    try {
      Certificate[] certificates = store.getCertificateChain(alias);
      if (certificates == null || !(store.getKey(alias, password) instanceof PrivateKey key)) {
        throw new InvalidTlsIdentityException(
            "the key store holds no private key with certificate chain under " + alias);
      }
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate certificate : certificates) {
        chain.add((X509Certificate) certificate);
      }
      return of(chain, key);
    } catch (GeneralSecurityException e) {
      throw new InvalidTlsIdentityException(
          "the key store does not give its key " + alias + ": is it loaded, the password right?",
          e);
    }
  }

  /** The certificates, the server's own first. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** When the first of the chain's certificates expires. */
  public Instant notAfter() {
    return chain.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Whether all certificates of the chain are valid at this time, their last second included. */
  public boolean isValid(Instant now) {
    return chain.stream()
        .noneMatch(
            certificate ->
                now.isBefore(certificate.getNotBefore().toInstant())
                    || now.isAfter(certificate.getNotAfter().toInstant()));
  }

  PrivateKey key() {
    return key;
  }

  @Override
  public String toString() {
    return "TlsIdentity[" + chain.getFirst().getSubjectX500Principal().getName() + "]";
  }
}
