package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.hostile.Received;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Server;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Metadata of the attacker's server that names endpoints of the target, to get assertions made for
 * it.
 */
final class AudienceInjection implements Recipe {
  private static final String RULE = "SP-5.3.3.1-5";

  @Override
  public About about() {
    return About.of("A1-27", "client-audience-injection")
        .also("ATT-30")
        .by(Attacker.A1A)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT_UNDER_TEST, Need.USER)
        .stoppedBy(RULE, "the audience of an assertion is the issuer alone")
        .means("The attacker gets assertions that the honest server takes, and acts as the client.")
        .change(
            "Make the issuer identifier the aud of every assertion, as a string; never an"
                + " endpoint.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab);
    lured.twinHostile(play);
    List<Heard> right = heard(lured.hostile(), 0);
    if (right.isEmpty()) {
      throw new NotApplicableException("the client sends the attacker's server no assertions");
    }
    judge(play, lab, lured, "all endpoints are the attacker's", right);
    String honest = lab.server().need(Server.TOKEN, false).toString();
    variant(play, lab, lured, "the token endpoint is the target's", named("token", honest));
    variant(
        play,
        lab,
        lured,
        "the token endpoint for certificates is the target's",
        Script.metadata(
            "mtls_endpoint_aliases", JsonObject.builder().put("token_endpoint", honest).build()));
    for (String endpoint : List.of("introspection", "revocation", "registration")) {
      variant(
          play,
          lab,
          lured,
          "the " + endpoint + " endpoint is the target's",
          named(endpoint, honest));
    }
    variant(play, lab, lured, "it has CIBA and devices, too", Script.metadata(others(lured)));
    variant(
        play,
        lab,
        lured,
        "it has CIBA and devices, too, and the token endpoint is the target's",
        Script.metadata(
            document -> Script.with(others(lured).apply(document), "token_endpoint", honest)));
  }

  private static Script named(String endpoint, String url) {
    return Script.metadata(endpoint + "_endpoint", url);
  }

  /** Further endpoints of the attacker's, where a client authenticates. */
  private static UnaryOperator<JsonObject> others(Lured lured) {
    String at = lured.hostile().issuer();
    return right ->
        Script.with(
            Script.with(right, "backchannel_authentication_endpoint", at + "/bc-authorize"),
            "device_authorization_endpoint",
            at + "/device");
  }

  /**
   * An assertion that came to the attacker.
   *
   * @param path the endpoint that it came to
   * @param audience its {@code aud}, as JSON has it
   */
  private record Heard(String path, Object audience) {
    @Override
    public String toString() {
      return path + " for " + audience;
    }
  }

  private static void variant(Play play, Lab lab, Lured lured, String what, Script script)
      throws IOException {
    HostileServer hostile = lured.hostile();
    int asked = hostile.asked();
    int before = hostile.received().size();
    hostile.play(script);
    lured.browser().authorize(lured.app().startHostile(), lab.victim());
    hostile.play(Script.RIGHT);
    if (hostile.asked() == asked) {
      play.unclear(what, "the client did not fetch the metadata again", RULE);
      return;
    }
    judge(play, lab, lured, what, heard(hostile, before));
  }

  /** What is for the target in any way, it or somebody like it may take. */
  private static void judge(Play play, Lab lab, Lured lured, String what, List<Heard> heard) {
    String origin = origin(lab.server().issuer().uri());
    play.holds(
        what + ": no assertion is for the target",
        heard.stream().noneMatch(one -> one.audience().toString().contains(origin)),
        found(heard),
        RULE);
    play.should(
        what + ": the audience is the issuer alone, as a string",
        heard.stream().map(Heard::audience).allMatch(lured.hostile().issuer()::equals),
        found(heard),
        RULE);
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private static String found(List<Heard> heard) {
    return heard.isEmpty()
        ? "no assertion came"
        : "assertions came to "
            + String.join(", ", heard.stream().map(Heard::toString).distinct().toList());
  }

  /** Of all that came, to whichever endpoint, after the first so many. */
  private static List<Heard> heard(HostileServer hostile, int after) {
    List<Heard> all = new ArrayList<>();
    for (Received one : hostile.received().stream().skip(after).toList()) {
      for (String assertion : one.form().values("client_assertion")) {
        audience(assertion).ifPresent(audience -> all.add(new Heard(one.path(), audience)));
      }
    }
    return all;
  }

  private static Optional<Object> audience(String assertion) {
    try {
      return CompactJws.parse(assertion).unverifiedClaims().value("aud");
    } catch (InvalidJwtException e) {
      return Optional.empty();
    }
  }
}
