package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.deployment.TestListener;
import dev.countersign.attacker.forge.Certificates;
import dev.countersign.attacker.hostile.Listener;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.play.UserAgent;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * Whoever controls the network stands in for the server that a client calls, with a certificate
 * that is not that server's, or where a place without TLS needs none.
 */
final class FalseCertificate implements Recipe {
  private static final String CERTIFICATE = "SP-5.2.1-5";
  private static final String TLS = "SP-5.2.1-1";

  @Override
  public About about() {
    return About.of("ATT-22", "client-tls")
        .by(Attacker.A2)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT_UNDER_TEST, Need.USER)
        .stoppedBy(CERTIFICATE, "clients check chain, time and name of certificates")
        .means("Whoever controls the network is taken for the server by a client.")
        .change(
            "Check chain, time and name of the certificate of every server that is called, and"
                + " call none without TLS.");
  }

  private record Variant(String what, TestCertificate certificate) {}

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab);
    lured.twinHostile(play);
    plain(play, lab, lured);
    TestListener where = lab.target().listener().orElseThrow();
    for (Variant variant : variants(where, lab)) {
      lab.listener().show(variant.certificate());
      begins(play, lab, lured, "the authorization server shows " + variant.what());
    }
    lab.listener().show(where.certificate());
    lured.twinHostile(play);
    Optional<Lured> reading =
        lab.target().clientsUnderTest().stream()
            .filter(app -> app.dataHostile().isPresent())
            .findFirst()
            .map(app -> new Lured(lab, app, lured.hostile()));
    if (reading.isPresent()) {
      resource(play, lab, reading.get(), where);
    }
  }

  /** What nobody trusts is made here; what somebody trusts comes with the target file. */
  private static List<Variant> variants(TestListener where, Lab lab) {
    TestCertificate right = where.certificate();
    List<Variant> all = new ArrayList<>();
    all.add(
        new Variant("a certificate that signs itself", Certificates.selfSignedCopy(right, lab)));
    all.add(
        new Variant(
            "a certificate of an authority that nobody knows",
            Certificates.otherAuthority(right, new X500Principal("CN=Authority of mine"), lab)));
    all.add(
        new Variant(
            "a certificate of an authority with the name of the right one",
            Certificates.otherAuthority(right, right.own().getIssuerX500Principal(), lab)));
    where
        .ofOtherHost()
        .ifPresent(one -> all.add(new Variant("the certificate of another host", one)));
    where.expired().ifPresent(one -> all.add(new Variant("an expired certificate", one)));
    return all;
  }

  /** Nothing must be asked of a server that cannot show who it is. */
  private static void begins(Play play, Lab lab, Lured lured, String what) throws IOException {
    int before = lab.listener().received().size();
    boolean began = begun(lured).isPresent();
    boolean asked = lab.listener().received().size() > before;
    if (began && !asked) {
      play.unclear(what, "the client began a flow and asked the server nothing", CERTIFICATE);
    } else {
      play.holds(
          what,
          !asked,
          asked ? "the client asked it all the same" : "the client asked it nothing",
          CERTIFICATE);
    }
  }

  /** Where the client sends a browser that begins a flow; empty if it begins none. */
  private static Optional<URI> begun(Lured lured) throws IOException {
    try {
      return Optional.of(lured.begin(lured.browser(), lured.app().startHostile()));
    } catch (TwinFailedException _) {
      return Optional.empty();
    }
  }

  /** Without TLS the network reads the request, and answers in the server's place. */
  private static void plain(Play play, Lab lab, Lured lured) throws IOException {
    HostileServer hostile = lured.hostile();
    String what = "the metadata name an authorization endpoint without TLS";
    int asked = hostile.asked();
    hostile.play(
        Script.metadata(
            "authorization_endpoint",
            lab.listener().at("/authorize").toString().replace("https:", "http:")));
    Optional<URI> to = begun(lured);
    hostile.play(Script.RIGHT);
    if (hostile.asked() == asked) {
      play.unclear(what, "the client did not fetch the metadata again", TLS);
      return;
    }
    boolean without = to.filter(uri -> "http".equals(uri.getScheme())).isPresent();
    play.holds(
        what,
        !without,
        without ? "the client sent the browser there" : "the client sent no browser there",
        TLS);
  }

  /** A token must not go to whoever cannot show to be the resource server. */
  private static void resource(Play play, Lab lab, Lured lured, TestListener where)
      throws IOException {
    Listener listener = lab.listener();
    HostileResource resource = new HostileResource(lab);
    String said = lab.random128();
    resource.play(request -> resource.signed(request, said));
    UserAgent browser = lured.twinHostile(play);
    lured.twinReads(play, browser, said);
    for (Variant variant : variants(where, lab)) {
      listener.show(variant.certificate());
      int before = listener.received().size();
      boolean taken = lured.reads(browser, said);
      boolean asked = listener.received().size() > before;
      play.holds(
          "the resource server shows " + variant.what(),
          !asked && !taken,
          asked ? "the client sent it a token" : "the client asked it nothing",
          CERTIFICATE);
    }
    listener.show(where.certificate());
    lured.twinReads(play, browser, said);
  }
}
