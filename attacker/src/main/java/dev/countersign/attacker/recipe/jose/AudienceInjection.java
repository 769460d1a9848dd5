package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An assertion that a client was lured to make for somebody else. */
final class AudienceInjection implements Recipe {
  private static final String RULE = "SP-5.3.2.1-8";

  @Override
  public About about() {
    return About.of("A1-26", "audience-injection")
        .also("ATT-30", "ATT-31")
        .by(Attacker.A1A)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.ASSERTION)
        .stoppedBy(RULE, "the issuer, as a string, is the one audience of an assertion")
        .means(
            "A hostile server that names this server's endpoints as its own gets assertions by"
                + " which it acts as the client here.")
        .change("Accept aud as a string alone that equals the issuer, at every endpoint.");
  }

  private static Variant to(String what, Object audience) {
    return Variant.of("aud is " + what, jwt -> jwt.with("aud", audience));
  }

  private static List<Variant> variants(Lab lab) {
    String issuer = lab.server().issuer().value();
    String evil = "https://attacker.example";
    List<Variant> all = new ArrayList<>();
    for (String name :
        List.of(
            Server.TOKEN,
            Server.PAR,
            Server.AUTHORIZATION,
            "introspection_endpoint",
            "revocation_endpoint",
            "userinfo_endpoint",
            "jwks_uri")) {
      lab.server().endpoint(name).ifPresent(url -> all.add(to("the " + name, url.toString())));
      lab.server().alias(name).ifPresent(url -> all.add(to("the alias " + name, url.toString())));
    }
    all.addAll(
        List.of(
            to("an array of the issuer alone", List.of(issuer)),
            to("an array of another server and the issuer", List.of(evil, issuer)),
            to("an array of the issuer and another server", List.of(issuer, evil)),
            to("another server", evil),
            to("the issuer with a slash more or less", slashed(issuer)),
            to("the issuer in upper case", issuer.toUpperCase(java.util.Locale.ROOT)),
            to("the issuer with a query", issuer + "?x=y"),
            to("the issuer with a fragment", issuer + "#x"),
            to("the issuer with more path", issuer + "/x"),
            to("the issuer with a space before", " " + issuer),
            to("the metadata", Server.places(lab.server().issuer()).getFirst().toString()),
            to("the host alone", lab.server().issuer().uri().getHost()),
            to("empty", ""),
            to("an empty array", List.of()),
            to("a number", 1L),
            Variant.of("no aud", jwt -> jwt.without("aud"))));
    return all;
  }

  private static String slashed(String issuer) {
    return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer + "/";
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.asserting();
    new Doors(play, lab, RULE).assertions(client, variants(lab));
    String token = lab.server().need(Server.TOKEN, false).toString();
    Expected expected = Expected.invalidClient(RULE);
    if (lab.server().endpoint("revocation_endpoint").isPresent()) {
      play.refused(
          "aud is the token endpoint, at the revocation endpoint",
          client
              .form("revocation_endpoint")
              .add("token", lab.random128())
              .assertion(jwt -> jwt.with("aud", token))
              .send(),
          expected);
    }
    if (Need.USER.isMet(lab.target(), lab.server())) {
      Coded coded = play.twin("a person agrees", () -> client.coded(lab.browser(), lab.victim()));
      play.refused(
          "aud is the token endpoint, at the token endpoint with a right code",
          client.attacking().redeem(coded).assertion(jwt -> jwt.with("aud", token)).send(),
          expected);
    }
  }
}
