package dev.countersign.attacker.recipe.tls;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.tls.CipherSuite;
import dev.countersign.attacker.tls.TlsProbe;
import dev.countersign.attacker.tls.TlsVersion;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** Cipher suites of TLS 1.2 that BCP 195 does not recommend. */
final class WeakSuites implements Recipe {
  /** Those that can be broken, or that do not encrypt or authenticate at all. */
  private static final Pattern BROKEN = Pattern.compile("NULL|EXPORT|RC4|RC2|DES|anon|MD5");

  private static final String RULE = "SP-5.2.2-1";

  @Override
  public About about() {
    return About.of("A2-02", "tls-ciphers")
        .by(Attacker.A2)
        .endangers(Goal.AUTHORIZATION)
        .stoppedBy(RULE, "the back channel takes the recommended suites alone")
        .means("Traffic of the back channel can be read, now or when a key is stolen later.")
        .change(
            "For TLS 1.2 permit TLS_ECDHE_{ECDSA,RSA}_WITH_AES_{128_GCM_SHA256,256_GCM_SHA384}"
                + " alone (RFC 9325 section 4.2).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    TlsProbe probe = new TlsProbe(lab.wire());
    for (URI origin : Origins.backChannel(lab)) {
      Origins.served(play, probe, origin);
      List<CipherSuite> accepted = probe.acceptedSuites(origin, TlsVersion.TLS_1_2);
      List<CipherSuite> broken =
          accepted.stream().filter(suite -> BROKEN.matcher(suite.name()).find()).toList();
      List<CipherSuite> others =
          accepted.stream()
              .filter(suite -> suite.standing() != CipherSuite.Standing.RECOMMENDED)
              .toList();
      String where = origin.getRawAuthority();
      play.holds(
          where + " is offered every broken suite",
          broken.isEmpty(),
          broken.isEmpty() ? "it takes none" : "it takes " + broken,
          RULE);
      play.should(
          where + " is offered every suite that is not recommended",
          others.isEmpty(),
          others.isEmpty() ? "it takes none" : "it takes " + others,
          RULE);
    }
  }
}
