package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Server;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Metadata of the attacker's server that names endpoints of the target, to get assertions made for
 * it.
 */
final class AudienceInjection implements Recipe {

  @Override
  public About about() {
    return About.of("A1-27", "client-audience-injection")
        .also("ATT-30")
        .by(Attacker.A1A)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT_UNDER_TEST, Need.USER)
        .stoppedBy("SP-5.3.3.1-5", "the audience of an assertion is the issuer alone")
        .means("The attacker gets assertions that the honest server takes, and acts as the client.")
        .change(
            "Make the issuer identifier the aud of every assertion, as a string; never an"
                + " endpoint.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab);
    lured.twinHostile(play);
    if (lured.hostile().pushes().getLast().value("client_assertion").isEmpty()) {
      throw new dev.countersign.attacker.play.NotApplicableException(
          "the client sends the attacker's server no assertions");
    }
    String honestToken = lab.server().need(Server.TOKEN, false).toString();
    variant(
        play,
        lab,
        lured,
        "the token endpoint is the target's",
        Script.metadata("token_endpoint", honestToken));
    variant(
        play,
        lab,
        lured,
        "the token endpoint for certificates is the target's",
        Script.metadata(
            "mtls_endpoint_aliases",
            JsonObject.builder().put("token_endpoint", honestToken).build()));
    variant(
        play,
        lab,
        lured,
        "the introspection endpoint is the target's",
        Script.metadata("introspection_endpoint", honestToken));
  }

  private static void variant(Play play, Lab lab, Lured lured, String what, Script script)
      throws IOException {
    HostileServer hostile = lured.hostile();
    int asked = hostile.asked();
    int before = hostile.pushes().size();
    hostile.play(script);
    lured.browser().authorize(lured.app().startHostile(), lab.victim());
    hostile.play(Script.RIGHT);
    if (hostile.asked() == asked) {
      play.unclear(what, "the client did not fetch the metadata again", "SP-5.3.3.1-5");
      return;
    }
    List<Object> audiences = audiences(hostile.pushes().subList(before, hostile.pushes().size()));
    String origin = origin(lab.server().issuer().uri());
    play.holds(
        what + ": no assertion is for it",
        audiences.stream().noneMatch(one -> one.toString().contains(origin)),
        found(audiences),
        "SP-5.3.3.1-5");
    play.should(
        what + ": the audience is the issuer alone, as a string",
        audiences.stream().allMatch(hostile.issuer()::equals),
        found(audiences),
        "SP-5.3.3.1-5");
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private static String found(List<Object> audiences) {
    return audiences.isEmpty()
        ? "no assertion came"
        : "assertions came for "
            + String.join(", ", audiences.stream().map(Object::toString).toList());
  }

  private static List<Object> audiences(List<Form> pushes) {
    List<Object> audiences = new ArrayList<>();
    for (Form push : pushes) {
      for (String assertion : push.values("client_assertion")) {
        audience(assertion).ifPresent(audiences::add);
      }
    }
    return audiences;
  }

  private static Optional<Object> audience(String assertion) {
    try {
      return CompactJws.parse(assertion).unverifiedClaims().value("aud");
    } catch (InvalidJwtException e) {
      return Optional.empty();
    }
  }
}
