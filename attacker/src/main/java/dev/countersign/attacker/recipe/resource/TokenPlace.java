package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.ResourceCall;
import dev.countersign.attacker.wire.Line;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.URI;

/** A token anywhere but in the Authorization field. */
final class TokenPlace implements Recipe {
  private static final String RULE = "SP-5.3.4-2";
  private static final String FORM = "application/x-www-form-urlencoded";

  @Override
  public About about() {
    return About.of("A7-09", "token-place")
        .also("ATT-52")
        .by(Attacker.A1, Attacker.A5)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "a token comes in the Authorization field alone")
        .means("Tokens end up in logs, histories and links, and a link can bring one along.")
        .change("Read tokens from the Authorization field alone.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Stolen stolen = Stolen.of(lab.client(), play, lab);
    Expected none = Expected.refusal(RULE).status(400, 401);
    play.refused("in the query", withQuery(stolen.call(), stolen).withoutToken().send(), none);
    play.refused("in a form", withForm(stolen.call(), stolen, "GET").withoutToken().send(), none);
    play.refused(
        "in a form that is posted",
        withForm(stolen.call(), stolen, "POST").withoutToken().send(),
        none.status(400, 401, 403, 404, 405));
    for (String name : new String[] {"access_token", "token", "Authorization"}) {
      play.refused(
          "in a cookie named " + name,
          stolen.call().withoutToken().field("Cookie", name + "=" + stolen.token()).send(),
          none);
    }
    for (String name : new String[] {"X-Access-Token", "X-Forwarded-Authorization"}) {
      play.refused(
          "in the field " + name,
          stolen.call().withoutToken().field(name, "DPoP " + stolen.token()).send(),
          none);
    }
  }

  static ResourceCall withQuery(ResourceCall call, Stolen stolen) {
    URI url = stolen.resource().url();
    String join = url.getRawQuery() == null ? "?" : "&";
    return call.at(URI.create(url + join + form(stolen).encode()));
  }

  static ResourceCall withForm(ResourceCall call, Stolen stolen, String method) {
    return call.method(method).content(FORM, Line.latin1(form(stolen).encode()));
  }

  private static Form form(Stolen stolen) {
    return Form.builder().add("access_token", stolen.token()).build();
  }
}
