package dev.countersign.attacker.recipe.tls;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.tls.TlsProbe;
import dev.countersign.attacker.tls.TlsVersion;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** Versions of TLS that are broken. */
final class OldVersions implements Recipe {

  @Override
  public About about() {
    return About.of("A2-01", "tls-version")
        .by(Attacker.A2)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION, Goal.SESSION_INTEGRITY)
        .stoppedBy("SP-5.2.1-2", "nothing older than TLS 1.2 is spoken")
        .means(
            "Whoever controls the network can bring both sides down to a version that is broken.")
        .change("Turn off SSL 3, TLS 1.0 and TLS 1.1.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    TlsProbe probe = new TlsProbe(lab.wire());
    List<TlsVersion> old = Stream.of(TlsVersion.values()).filter(TlsVersion::deprecated).toList();
    for (URI origin : Origins.all(lab)) {
      Origins.served(play, probe, origin);
      for (TlsVersion version : old) {
        boolean accepted = probe.accepts(origin, version);
        play.holds(
            origin.getRawAuthority() + " is offered " + version + " alone",
            !accepted,
            accepted ? "it takes the offer" : "it refuses",
            "SP-5.2.1-2");
      }
    }
  }
}
