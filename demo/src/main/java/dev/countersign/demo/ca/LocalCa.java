package dev.countersign.demo.ca;

import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.requirement.Enforces;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * What a local certificate authority leaves behind: the identity of the servers of this machine,
 * and the trust of those who call them. The key of an authority made by {@link #create} is
 * forgotten before that returns, so that nobody can ever sign a second certificate with it.
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
    Instant from = now.minus(BACKDATED);
    Instant until = now.plus(LIFETIME);
    try {
      return signing(Authority.create(from, until, random), from, until, random);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no authority can be made", e);
    }
  }

  /** Lets an authority sign one certificate for the three names; keeps nothing of its key. */
  @Enforces({"SP-5.2.1-5", "TLS-5"})
  static LocalCa signing(Authority authority, Instant from, Instant until, SecureRandom random) {
    try {
      KeyPair server = Authority.keyPair(random);
      X509Certificate leaf =
          new CertificateMaker(from, until, random)
              .server(authority.certificate(), authority.key(), server.getPublic(), LocalNames.ALL);
      return new LocalCa(
          TlsIdentity.of(List.of(leaf), server.getPrivate()),
          authority.certificate(),
          LocalTrust.in(authority.certificate()));
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
}
