package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.forge.Certificates;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Certificates with the right names of the wrong people. */
final class CertificateSwap implements Recipe {
  private static final String RULE = "MT-2";

  @Override
  public About about() {
    return About.of("J-19", "mtls-auth-swap")
        .also("ATT-37")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.MUTUAL_TLS)
        .stoppedBy(
            RULE,
            "the chain leads to a trusted authority and the subject is the registered one, or the"
                + " certificate itself is registered")
        .means("Whoever can write the client's name into a certificate acts as the client.")
        .change(
            "Validate the chain, compare one registered subject by distinguishedNameMatch (RFC 8705"
                + " section 2.1), or the whole certificate (section 2.2).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    for (TestClient.Authentication by : TestClient.Authentication.values()) {
      boolean there =
          lab.target().clients().stream().anyMatch(client -> client.authentication() == by);
      if (by.isByCertificate() && there) {
        forge(play, lab, lab.caller(0, client -> client.authentication() == by));
      }
    }
    if (Need.TWO_MUTUAL_TLS.isMet(lab.target(), lab.server())) {
      swap(play, lab);
    }
  }

  private static void forge(Play play, Lab lab, Caller client) throws IOException {
    String by = client.client().authentication().name().toLowerCase(java.util.Locale.ROOT) + ": ";
    TestCertificate right = client.client().certificate().orElseThrow();
    X500Principal above = right.own().getIssuerX500Principal();
    play.twin(by + "the client pushes a request by its certificate", client::pushed);
    refused(play, client, by + "no certificate", Optional.empty());
    with(
        play,
        client,
        by + "the same names, by an authority that has the name of the right one",
        Certificates.otherAuthority(right, above, lab));
    with(
        play,
        client,
        by + "the same names, by an authority with a name of its own",
        Certificates.otherAuthority(right, new X500Principal("CN=Attacker"), lab));
    with(
        play,
        client,
        by + "the same names, signed by itself",
        Certificates.selfSignedCopy(right, lab));
    with(
        play,
        client,
        by + "the same names, signed by itself, expired",
        Certificates.expiredCopy(right, lab));
    with(
        play,
        client,
        by + "other names, signed by itself",
        Certificates.selfSigned("CN=Attacker", lab));
    Answer renewed = push(client, Optional.of(Certificates.renewed(right, lab)));
    // Nobody but the client has this key.
    play.should(
        by + "the same key in a certificate that was never registered",
        renewed.status() < 500 && !renewed.isSuccess(),
        "answered " + renewed.brief(),
        RULE);
  }

  private static void swap(Play play, Lab lab) throws IOException {
    Caller client = lab.mutualTls();
    Caller other = lab.secondMutualTls();
    TestCertificate right = client.client().certificate().orElseThrow();
    TestCertificate others = other.client().certificate().orElseThrow();
    play.twin("the other client pushes a request by its certificate", other::pushed);
    with(play, client, "the certificate of another registered client", others);
    with(
        play,
        client,
        "the same names, below the certificate of another client",
        Certificates.below(others, right, lab));
    if (client.client().refreshes() && Need.USER.isMet(lab.target(), lab.server())) {
      Tokens tokens = play.twin("tokens", () -> client.tokens(lab.browser(), lab.victim()));
      play.refused(
          "a right refresh token by the certificate of another client",
          client.attacking().refresh(tokens.needRefresh()).certificate(Optional.of(others)).send(),
          Expected.invalidClient("MT-4").orClosing());
      play.twin(
          "the client itself refreshes",
          () -> Tokens.of(client.refresh(tokens.needRefresh()).send()));
    }
  }

  private static void with(Play play, Caller client, String what, TestCertificate shown)
      throws IOException {
    refused(play, client, what, Optional.of(shown));
  }

  private static void refused(
      Play play, Caller client, String what, Optional<TestCertificate> shown) throws IOException {
    play.refused(what, push(client, shown), Expected.invalidClient(RULE).orClosing());
  }

  private static Answer push(Caller client, Optional<TestCertificate> shown) throws IOException {
    return client.attacking().push().but(call -> call.certificate(shown)).send();
  }
}
