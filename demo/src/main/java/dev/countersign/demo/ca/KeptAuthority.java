package dev.countersign.demo.ca;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An authority that a person can trust once, for all later starts: key and certificate lie in a
 * folder of that person's. Like all of ours it can sign for the names of this machine only, so that
 * who steals its key can deceive nobody but programs on this machine about programs on this
 * machine.
 *
 * @param ca what it signed for this start
 * @param certificate the file to trust
 * @param isNew whether nobody can have trusted it yet
 */
public record KeptAuthority(LocalCa ca, Path certificate, boolean isNew) {
  private static final String SECRET = "ca-key.pem";
  private static final String PUBLIC = "ca.pem";
  private static final Duration LIFETIME = Duration.ofDays(365);

  /** Replaced so early that what it signs now is good for as long as it says. */
  private static final Duration SIGNED_FOR = Duration.ofDays(30);

  private static final Duration BACKDATED = Duration.ofMinutes(1);

  /**
   * The authority of the folder, good for a year when it is made, and a fresh certificate of it for
   * the servers, good for 30 days. One with less than these 30 days left is replaced.
   *
   * @param folder made if it is not there, for its owner only
   * @throws UnusableFolderException if others can change it, or what lies in it is not ours
   */
  public static KeptAuthority in(Path folder, Instant now, SecureRandom random)
      throws UnusableFolderException {
    PrivateFolder kept = PrivateFolder.open(folder);
    Optional<Authority> known = read(kept).filter(authority -> isGood(authority, now));
    Authority authority = known.isPresent() ? known.get() : create(kept, now, random);
    kept.write(PUBLIC, AuthorityPem.certificate(authority.certificate()));
    LocalCa ca = LocalCa.signing(authority, now.minus(BACKDATED), now.plus(SIGNED_FOR), random);
    return new KeptAuthority(ca, kept.file(PUBLIC), known.isEmpty());
  }

  /** The SHA-256 of the certificate, as browsers show it: pairs of digits and colons. */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(ca.certificate().getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate of ours has a form and a digest", e);
    }
  }

  private static Optional<Authority> read(PrivateFolder kept) throws UnusableFolderException {
    if (!kept.has(SECRET)) {
      return Optional.empty();
    }
    Optional<Authority> authority = AuthorityPem.read(kept.readSecret(SECRET));
    if (authority.isEmpty()) {
      throw new UnusableFolderException(
          kept.file(SECRET) + " holds no authority of ours: delete it to have a new one.");
    }
    return authority;
  }

  private static boolean isGood(Authority authority, Instant now) {
    X509Certificate root = authority.certificate();
    return !now.isBefore(root.getNotBefore().toInstant())
        && !now.plus(SIGNED_FOR).isAfter(root.getNotAfter().toInstant());
  }

  private static Authority create(PrivateFolder kept, Instant now, SecureRandom random)
      throws UnusableFolderException {
    try {
      Authority authority = Authority.create(now.minus(BACKDATED), now.plus(LIFETIME), random);
      kept.write(SECRET, AuthorityPem.whole(authority));
      return authority;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no authority can be made", e);
    }
  }
}
