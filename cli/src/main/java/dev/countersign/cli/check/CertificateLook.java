package dev.countersign.cli.check;

import dev.countersign.edge.TlsIdentity;
import dev.countersign.protocol.oauth.Issuer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What clients will say of the server's certificate. */
final class CertificateLook {
  /** Our choice: a month is enough to get a certificate by hand. */
  private static final Duration SOON = Duration.ofDays(30);

  private final TlsIdentity identity;
  private final X509Certificate leaf;
  private final Instant now;

  CertificateLook(TlsIdentity identity, Instant now) {
    this.identity = identity;
    this.leaf = identity.chain().getFirst();
    this.now = now;
  }

  /** Why no client of the issuer would accept it; empty if nothing speaks against it. */
  List<String> faults(Issuer issuer) {
    return faults(issuer.uri().getHost(), "the issuer's host");
  }

  /**
   * Why no client would accept it; empty if nothing speaks against it.
   *
   * @param host what clients connect to
   * @param whose what that is, in words
   */
  List<String> faults(String host, String whose) {
    List<String> faults = new ArrayList<>();
    Instant begin = leaf.getNotBefore().toInstant();
    if (now.isBefore(begin)) {
      faults.add("is not valid before " + day(begin));
    }
    if (now.isAfter(identity.notAfter())) {
      faults.add("expired on " + day(identity.notAfter()));
    }
    CertificateNames names = CertificateNames.of(leaf);
    if (!names.cover(host)) {
      faults.add(
          "does not name %s, %s (RFC 9525); it names %s".formatted(host, whose, names.listed()));
    }
    return faults;
  }

  /** What will be a fault soon, or is one to those who do not know the certificate. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    Instant end = identity.notAfter();
    if (!now.isAfter(end) && now.plus(SOON).isAfter(end)) {
      warnings.add("expires in " + days() + " days, on " + day(end));
    }
    if (leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())) {
      warnings.add("is signed by itself: only those accept it who were given it before");
    }
    return warnings;
  }

  String summary() {
    return CertificateNames.of(leaf).listed()
        + ", good until "
        + day(identity.notAfter())
        + " ("
        + days()
        + " days)";
  }

  private long days() {
    return Duration.between(now, identity.notAfter()).toDays();
  }

  private static String day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }
}
