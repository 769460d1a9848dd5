package dev.countersign.demo.ca;

import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.requirement.Enforces;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * What a local certificate authority leaves behind: the identity of the servers of this machine,
 * and the trust of those who call them. The authority's own key is forgotten before {@link #create}
 * returns, so that nobody can ever sign a second certificate with it.
 */
public final class LocalCa {
  private static final Duration LIFETIME = Duration.ofHours(24);
  private static final Duration BACKDATED = Duration.ofMinutes(1);

  private final TlsIdentity identity;
  private final X509Certificate certificate;
  private final SSLContext trust;

  private LocalCa(TlsIdentity identity, X509Certificate certificate, SSLContext trust) {
    this.identity = identity;
    this.certificate = certificate;
    this.trust = trust;
  }

  /**
   * Makes an authority (EC P-256, path length 0, for {@code localhost}, {@code 127.0.0.1} and
   * {@code ::1} only), lets it sign one certificate for these three names, and forgets its key.
   * Both are good for 24 hours from one minute before {@code now}.
   */
  @Enforces({"SP-5.2.1-5", "TLS-5"})
  public static LocalCa create(Instant now, SecureRandom random) {
    CertificateMaker maker = new CertificateMaker(now.minus(BACKDATED), now.plus(LIFETIME), random);
    try {
      KeyPair authority = keyPair(random);
      X509Certificate root = maker.authority(authority);
      KeyPair server = keyPair(random);
      X509Certificate leaf =
          maker.server(root, authority.getPrivate(), server.getPublic(), LocalNames.ALL);
      return new LocalCa(
          TlsIdentity.of(List.of(leaf), server.getPrivate()), root, LocalTrust.in(root));
    } catch (GeneralSecurityException | InvalidTlsIdentityException e) {
      throw new IllegalStateException("no certificate can be made for this machine", e);
    }
  }

  /** Who the servers are: the one certificate and its key. */
  public TlsIdentity identity() {
    return identity;
  }

  /** The authority's certificate, for a browser or another program that shall trust it. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** TLS for callers, trusting this authority alone, and it for this machine's names only. */
  public SSLContext trust() {
    return trust;
  }

  private static KeyPair keyPair(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }
}
