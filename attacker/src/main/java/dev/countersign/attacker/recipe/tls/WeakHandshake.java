package dev.countersign.attacker.recipe.tls;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.tls.CertificateFacts;
import dev.countersign.attacker.tls.Offered;
import dev.countersign.attacker.tls.TlsProbe;
import dev.countersign.attacker.tls.TlsVersion;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;

/** Certificates that prove little, and extensions that make a handshake weak. */
final class WeakHandshake implements Recipe {
  private static final String CERTIFICATE = "SP-5.2.1-5";
  private static final String HANDSHAKE = "TLS-5";

  @Override
  public About about() {
    return About.of("A2-04", "tls-certificate-renegotiation-compression")
        .by(Attacker.A2)
        .endangers(Goal.AUTHORIZATION)
        .stoppedBy(CERTIFICATE, "the certificate names the server, and the handshake is sound")
        .means("Somebody else can be taken for the server, or see into what is sent to it.")
        .change(
            "Use a valid certificate with a key of at least 2048 (RSA) or 256 (EC) bits; turn off"
                + " TLS compression; offer renegotiation_info and extended_master_secret.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    TlsProbe probe = new TlsProbe(lab.wire());
    for (URI origin : Origins.all(lab)) {
      Origins.served(play, probe, origin);
      certificate(play, lab, origin.getRawAuthority(), probe.certificate(origin));
      if (probe.offer(origin, TlsVersion.TLS_1_2) instanceof Offered.Accepted accepted) {
        handshake(play, origin.getRawAuthority(), accepted);
      }
    }
  }

  private static void certificate(Play play, Lab lab, String where, CertificateFacts facts) {
    play.holds(
        where + ": the certificate is of now and of this host",
        facts.isValid(lab.now()) && facts.namesHost(),
        "valid: " + facts.isValid(lab.now()) + ", names the host: " + facts.namesHost(),
        CERTIFICATE);
    int least = facts.keyAlgorithm().equals("RSA") ? 2048 : 256;
    play.holds(
        where + ": the key is long enough",
        facts.keyBits() >= least,
        facts.keyAlgorithm() + " of " + facts.keyBits() + " bits",
        CERTIFICATE);
    String signature = facts.signatureAlgorithm().toUpperCase(Locale.ROOT);
    boolean weak = signature.startsWith("SHA1") || signature.startsWith("MD");
    play.holds(
        where + ": the certificate is signed by a sound algorithm",
        !weak,
        facts.signatureAlgorithm(),
        CERTIFICATE);
  }

  private static void handshake(Play play, String where, Offered.Accepted accepted) {
    play.holds(
        where + ": nothing is compressed",
        !accepted.compression(),
        accepted.compression() ? "it compresses" : "it does not compress",
        HANDSHAKE);
    play.holds(
        where + ": renegotiation is secure",
        accepted.secureRenegotiation(),
        accepted.secureRenegotiation() ? "it says so" : "no renegotiation_info",
        HANDSHAKE);
    play.should(
        where + ": the master secret is bound to the handshake",
        accepted.extendedMasterSecret(),
        accepted.extendedMasterSecret() ? "it is" : "no extended_master_secret",
        HANDSHAKE);
  }
}
