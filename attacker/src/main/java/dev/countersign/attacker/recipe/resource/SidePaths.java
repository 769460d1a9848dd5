package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Other names and methods for a resource, which the guard may not know and the handler may. */
final class SidePaths implements Recipe {
  private static final String RULE = "A7-16";

  private record Variant(String what, String first, List<String> fields) {}

  @Override
  public About about() {
    return About.of("A7-16", "method-and-path")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "what is guarded is what is served")
        .means("Nobody needs a token who knows another way to write the path.")
        .change("Guard after routing, not before; refuse paths that are not in their normal form.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Stolen stolen = Stolen.of(lab.client(), play, lab);
    URI url = stolen.resource().url();
    for (Variant variant : variants(url)) {
      Answer answer = Raw.send(lab, url, variant.first(), variant.fields(), Optional.empty());
      boolean given = answer.isSuccess() && isData(answer, stolen.twin());
      play.holds(
          variant.what() + " gives no data",
          !given,
          "answered " + answer.brief() + (given ? " with what a token is for" : ""),
          RULE);
      play.should(
          variant.what() + " ends in no fault",
          answer.status() < 500 || answer.status() == 501,
          "answered " + answer.brief(),
          RULE);
    }
  }

  /** The same, or of the same form: what is served may change with time. */
  private static boolean isData(Answer answer, Answer twin) {
    if (answer.body().length == 0) {
      return false;
    }
    boolean sameMembers =
        twin.json().isPresent()
            && answer
                .json()
                .map(one -> one.names().equals(twin.json().get().names()))
                .orElse(false);
    return sameMembers || answer.text().strip().contains(twin.text().strip());
  }

  private static List<Variant> variants(URI url) {
    String path = Raw.target(url).split("\\?", 2)[0];
    String last = path.substring(1);
    List<Variant> all = new ArrayList<>();
    for (String method : List.of("GET", "HEAD", "OPTIONS", "TRACE", "get", "PROPFIND", "POST")) {
      all.add(new Variant(method + " without a token", method + " " + path, List.of()));
    }
    all.add(get("two slashes", "//" + last));
    all.add(get("three slashes", "///" + last));
    all.add(get("a slash at the end", path + "/"));
    all.add(get("a dot before", "/./" + last));
    all.add(get("a dot at the end", path + "/."));
    all.add(get("up and down", "/x/../" + last));
    all.add(get("up and down, encoded", "/x/%2e%2e/" + last));
    all.add(get("up and down, half encoded", "/x/.%2e/" + last));
    all.add(get("up and down behind a parameter", "/x/..;/" + last));
    all.add(get("an encoded slash", "/x/..%2f" + last));
    all.add(get("a backslash", "/x\\..\\" + last));
    all.add(get("a parameter", path + ";x=1"));
    all.add(get("a parameter before", "/;x=1/" + last));
    all.add(get("an encoded letter", "/" + encoded(last)));
    all.add(get("a letter that is encoded twice", "/" + encoded(last).replace("%", "%25")));
    all.add(get("upper case", path.toUpperCase(Locale.ROOT)));
    all.add(get("a suffix", path + ".json"));
    all.add(get("an encoded NUL", path + "%00"));
    all.add(get("an encoded space", path + "%20"));
    all.add(get("an encoded line end", path + "%0a"));
    all.add(get("an encoded question mark", path + "%3f"));
    all.add(get("a fragment", path + "#x"));
    all.add(get("the whole URL", url.toASCIIString()));
    all.add(get("the whole URL under http", "http://" + url.getRawAuthority() + path));
    for (String field : List.of("X-Original-URL", "X-Rewrite-URL")) {
      all.add(new Variant("the path in " + field, "GET /", List.of(field + ": " + path)));
    }
    for (String field : List.of("X-HTTP-Method-Override", "X-HTTP-Method")) {
      all.add(new Variant("GET in " + field, "OPTIONS " + path, List.of(field + ": GET")));
    }
    return all;
  }

  private static Variant get(String what, String target) {
    return new Variant(what, "GET " + target, List.of());
  }

  private static String encoded(String last) {
    return "%" + Integer.toHexString(last.isEmpty() ? ' ' : last.charAt(0)) + last.substring(1);
  }
}
