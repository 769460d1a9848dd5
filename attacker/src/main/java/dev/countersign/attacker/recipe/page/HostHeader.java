package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Server;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.Texts;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that takes its own name from the request. */
final class HostHeader implements Recipe {
  private static final String EVIL = "attacker.invalid";
  private static final List<String> FORWARDED =
      List.of(
          "X-Forwarded-Host: " + EVIL,
          "Forwarded: host=" + EVIL + ";proto=https",
          "X-Host: " + EVIL,
          "X-Original-Host: " + EVIL,
          "X-Forwarded-Proto: http",
          "X-Forwarded-Prefix: /evil");

  /** A text of a JSON document that is a URL. */
  private static final Pattern URL = Pattern.compile("\"(https?://[^\"]*)\"");

  @Override
  public About about() {
    return About.of("A1-41", "host-header")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION)
        .needs(Need.CLIENT)
        .stoppedBy("A1-41", "issuer and endpoints are configured")
        .means(
            "Whoever sets one header field, or a cache that stores the answer, moves endpoints to"
                + " the attacker's server.")
        .change(
            "Take issuer and endpoint URLs from the configuration alone, never from a request.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    List<URI> documents =
        Server.places(lab.server().issuer()).stream().filter(url -> answers(lab, url)).toList();
    if (documents.isEmpty()) {
      throw new TwinFailedException("the metadata is not there");
    }
    for (URI url : documents) {
      Answer right = play.twin("the metadata is there", get(lab, url, "", ""));
      // Nobody sets Host in the request of somebody else, and caches keep answers apart by it.
      String told = foreign(get(lab, url, EVIL, ""), right);
      play.should(
          "Host of the attacker",
          told.isEmpty(),
          told.isEmpty() ? "ignored" : "the answer names " + told,
          "A1-41");
      fields(play, lab, url, right, "");
    }
    Optional<URI> authorization = lab.server().endpoint(Server.AUTHORIZATION);
    if (authorization.isPresent()) {
      Answer right = get(lab, authorization.get(), "", "");
      fields(play, lab, authorization.get(), right, "the authorization endpoint with ");
    }
  }

  private static void fields(Play play, Lab lab, URI url, Answer right, String before)
      throws IOException {
    for (String field : FORWARDED) {
      Answer answer = get(lab, url, "", field);
      String foreign = foreign(answer, right);
      String found =
          foreign.isEmpty()
              ? "the answer (" + answer.brief() + ") names what it names without it"
              : "the answer names " + foreign;
      String what = before + field.split(":", 2)[0] + " of the attacker";
      play.holds(what, foreign.isEmpty(), found, "A1-41");
    }
  }

  private static boolean answers(Lab lab, URI url) {
    try {
      return get(lab, url, "", "").isSuccess();
    } catch (IOException e) {
      return false;
    }
  }

  private static Answer get(Lab lab, URI url, String host, String field) throws IOException {
    String request =
        "GET "
            + url.getRawPath()
            + " HTTP/1.1\r\nHost: "
            + (host.isEmpty() ? url.getRawAuthority() : host)
            + "\r\n"
            + (field.isEmpty() ? "" : field + "\r\n")
            + "Connection: close\r\n\r\n";
    return lab.line().raw(Move.OTHER, url, Line.latin1(request), Optional.empty());
  }

  /**
   * What an answer names that the right one does not: the attacker's host, or a URL of a metadata
   * document or a redirect; empty if there is nothing.
   */
  static String foreign(Answer answer, Answer right) {
    String all = answer.text() + answer.header("Location").orElse("");
    String usual = right.text() + right.header("Location").orElse("");
    for (String mark : List.of(EVIL, "/evil")) {
      if (all.contains(mark) && !usual.contains(mark)) {
        return mark;
      }
    }
    Set<String> urls = new TreeSet<>(urls(answer));
    urls.removeAll(urls(right));
    return (answer.isSuccess() && answer.json().isPresent()) || answer.isRedirect()
        ? urls.stream().findFirst().map(url -> Texts.oneLine(url, 100)).orElse("")
        : "";
  }

  /** The URLs of a JSON document, and the site that a redirect leads to. */
  private static Set<String> urls(Answer answer) {
    Set<String> urls = new TreeSet<>();
    Matcher found = URL.matcher(answer.json().map(JsonObject::toJson).orElse(""));
    while (found.find()) {
      urls.add(found.group(1));
    }
    answer.location().map(to -> to.getScheme() + "://" + to.getRawAuthority()).ifPresent(urls::add);
    return urls;
  }
}
