package dev.countersign.demo.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptAuthorityTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @TempDir private Path folder;

  private KeptAuthority at(Instant time) throws UnusableFolderException {
    return KeptAuthority.in(folder.resolve("a/b"), time, RANDOM);
  }

  @Test
  @Requirement({"SP-5.2.1-5"})
  void staysTheSameAndSignsAFreshCertificateAtEveryStart() throws Exception {
    KeptAuthority first = at(now);
    KeptAuthority second = at(now.plus(Duration.ofDays(1)));
    assertThat(second.ca().certificate()).isEqualTo(first.ca().certificate());
    assertThat(leaf(second).getPublicKey()).isNotEqualTo(leaf(first).getPublicKey());
    leaf(second).verify(first.ca().certificate().getPublicKey());
  }

  @Test
  void isReplacedWhenItsTimeIsShort() throws Exception {
    KeptAuthority first = at(now);
    Instant end = first.ca().certificate().getNotAfter().toInstant();
    assertThat(at(end.minus(Duration.ofDays(30))).isNew()).isFalse();
    KeptAuthority second = at(end.minus(Duration.ofDays(30)).plusSeconds(1));
    assertThat(second.isNew()).isTrue();
    assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
    assertThat(Files.readString(second.certificate()))
        .isEqualTo(AuthorityPem.certificate(second.ca().certificate()));
  }

  @Test
  void isReplacedBeforeItsTime() throws Exception {
    at(now);
    assertThat(at(now.minus(Duration.ofMinutes(2))).isNew()).isTrue();
  }

  @Test
  void signsForThirtyDays() throws Exception {
    assertThat(leaf(at(now)).getNotAfter().toInstant()).isEqualTo(now.plus(Duration.ofDays(30)));
  }

  @Test
  void saysItsFingerprintAsBrowsersDo() throws Exception {
    assertThat(at(now).fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
  }

  @Test
  void refusesAFolderThatOthersCanChange() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> KeptAuthority.in(open, now, RANDOM))
        .isInstanceOf(UnusableFolderException.class)
        .hasMessageContaining("chmod go-w");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(KeptAuthority.in(open, now, RANDOM).isNew()).isTrue();
  }

  @Test
  void refusesAKeyThatOthersCouldRead() throws Exception {
    Path key = at(now).certificate().resolveSibling("ca-key.pem");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> at(now))
        .isInstanceOf(UnusableFolderException.class)
        .hasMessageContaining("ca-key.pem can be read by others");
  }

  @Test
  @Requirement({"SP-5.2.1-5"})
  void refusesAnAuthorityThatReachesFurtherThanThisMachine() throws Exception {
    Path key = at(now).certificate().resolveSibling("ca-key.pem");
    Authority wide = Unbounded.authority(now, RANDOM);
    Files.writeString(key, AuthorityPem.whole(wide));
    assertThatThrownBy(() -> at(now))
        .isInstanceOf(UnusableFolderException.class)
        .hasMessageContaining("no authority of ours");
  }

  @Test
  @Requirement({"SP-5.2.1-5"})
  void refusesAnAuthorityThatCouldSignMoreThanServers() throws Exception {
    Path key = at(now).certificate().resolveSibling("ca-key.pem");
    Files.writeString(key, AuthorityPem.whole(Unbounded.inUse(now, RANDOM)));
    assertThatThrownBy(() -> at(now))
        .isInstanceOf(UnusableFolderException.class)
        .hasMessageContaining("no authority of ours");
    Files.writeString(key, AuthorityPem.whole(Authority.create(now, now.plusSeconds(9), RANDOM)));
    assertThat(at(now).isNew()).isTrue();
  }

  @Test
  void refusesAKeyOfAnotherAuthority() throws Exception {
    Path key = at(now).certificate().resolveSibling("ca-key.pem");
    Authority one = Authority.create(now, now.plusSeconds(9), RANDOM);
    Authority other = Authority.create(now, now.plusSeconds(9), RANDOM);
    Files.writeString(key, AuthorityPem.whole(new Authority(one.certificate(), other.key())));
    assertThatThrownBy(() -> at(now)).isInstanceOf(UnusableFolderException.class);
    Files.writeString(key, "nothing");
    assertThatThrownBy(() -> at(now)).isInstanceOf(UnusableFolderException.class);
  }

  @Test
  void refusesAPlaceThatIsNoFolder() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> KeptAuthority.in(file, now, RANDOM))
        .isInstanceOf(UnusableFolderException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void mendsThePublicFile() throws Exception {
    KeptAuthority first = at(now);
    Files.writeString(first.certificate(), "changed");
    assertThat(Files.readString(at(now).certificate()))
        .isEqualTo(AuthorityPem.certificate(first.ca().certificate()));
  }

  private static X509Certificate leaf(KeptAuthority authority) {
    return authority.ca().identity().chain().getFirst();
  }
}
