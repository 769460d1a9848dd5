package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Server;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.attacker.wire.Move;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

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
    play.twin("the metadata is there", get(lab, documents.getFirst(), "", ""));
    for (URI url : documents) {
      // Nobody sets Host in the request of somebody else, and caches keep answers apart by it.
      boolean told = isTaken(get(lab, url, EVIL, ""));
      play.should(
          "Host of the attacker", !told, told ? "the answer follows it" : "ignored", "A1-41");
      for (String field : FORWARDED) {
        judge(play, field.split(":", 2)[0] + " of the attacker", get(lab, url, "", field));
      }
    }
    Optional<URI> authorization = lab.server().endpoint(Server.AUTHORIZATION);
    if (authorization.isPresent()) {
      for (String field : FORWARDED) {
        judge(
            play,
            "the authorization endpoint with " + field.split(":", 2)[0],
            get(lab, authorization.get(), "", field));
      }
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

  private static boolean isTaken(Answer answer) {
    return answer.text().contains(EVIL)
        || answer.text().contains("/evil/")
        || answer.header("Location").orElse("").contains(EVIL)
        || (answer.isSuccess() && answer.text().contains("\"http://"));
  }

  private static void judge(Play play, String what, Answer answer) {
    boolean taken = isTaken(answer);
    play.holds(
        what,
        !taken,
        taken
            ? "the answer names the attacker's host"
            : "the answer (" + answer.brief() + ") does not name it",
        "A1-41");
  }
}
