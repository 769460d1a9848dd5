package dev.countersign.demo.ca;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * Two authorities that sign as long as a run lasts: one for servers of this machine, and one for
 * TLS clients, whom it gives any name. Their keys are in memory alone, and everything is good for
 * 24 hours from one minute before the run began. Safe for any number of threads.
 */
public final class RunningCa {
  private static final Duration LIFETIME = Duration.ofHours(24);
  private static final Duration BACKDATED = Duration.ofMinutes(1);
  private static final Duration EXPIRED = Duration.ofHours(1);

  private final SecureRandom random;
  private final CertificateMaker maker;
  private final CertificateMaker past;
  private final Authority servers;
  private final Authority clients;
  private final LocalCa local;

  private RunningCa(
      SecureRandom random,
      CertificateMaker maker,
      CertificateMaker past,
      Authority servers,
      Authority clients,
      LocalCa local) {
    this.random = random;
    this.maker = maker;
    this.past = past;
    this.servers = servers;
    this.clients = clients;
    this.local = local;
  }

  /** Two new authorities. */
  public static RunningCa create(Instant now, SecureRandom random) {
    Instant from = now.minus(BACKDATED);
    Instant until = now.plus(LIFETIME);
    CertificateMaker maker = new CertificateMaker(from, until, random);
    CertificateMaker past = new CertificateMaker(from.minus(LIFETIME), now.minus(EXPIRED), random);
    try {
      Authority servers = Authority.create(from, until, random);
      KeyPair keys = Authority.keyPair(random);
      Authority clients = new Authority(maker.clientAuthority(keys), keys.getPrivate());
      LocalCa local = LocalCa.signing(servers, from, until, random);
      return new RunningCa(random, maker, past, servers, clients, local);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no authority can be made", e);
    }
  }

  /** A first identity of servers, and trust in all of them. */
  public LocalCa local() {
    return local;
  }

  /** The certificate of the authority that signs for clients. */
  public X509Certificate clientAuthority() {
    return clients.certificate();
  }

  /** The same as text (RFC 7468). */
  public String clientAuthorityPem() {
    return AuthorityPem.certificate(clients.certificate());
  }

  /** The certificate of one more server of this machine, by all of its three names. */
  public Issued server() {
    return made(
        keys ->
            maker.server(servers.certificate(), servers.key(), keys.getPublic(), LocalNames.ALL));
  }

  /** The certificate of a server that is known by its host's name alone, and by no address. */
  public Issued namedServer() {
    return made(
        keys ->
            maker.server(servers.certificate(), servers.key(), keys.getPublic(), LocalNames.HOST));
  }

  /** The certificate of a server of this machine that expired an hour before the run began. */
  public Issued expiredServer() {
    return made(
        keys ->
            past.server(servers.certificate(), servers.key(), keys.getPublic(), LocalNames.ALL));
  }

  /** The certificate of a client of this name. */
  public Issued client(X500Principal subject) {
    X500Principal authority = clients.certificate().getSubjectX500Principal();
    return made(keys -> maker.client(authority, clients.key(), keys.getPublic(), subject));
  }

  /** The certificate of a client of this name, signed by nobody but itself. */
  public Issued selfSigned(X500Principal subject) {
    return made(keys -> maker.client(subject, keys.getPrivate(), keys.getPublic(), subject));
  }

  @FunctionalInterface
  private interface Making {
    X509Certificate of(KeyPair keys) throws GeneralSecurityException;
  }

  private Issued made(Making making) {
    try {
      KeyPair keys = Authority.keyPair(random);
      return new Issued(List.of(making.of(keys)), keys.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no certificate can be made", e);
    }
  }
}
