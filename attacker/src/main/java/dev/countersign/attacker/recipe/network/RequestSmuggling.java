package dev.countersign.attacker.recipe.network;

import dev.countersign.attacker.deployment.TestResource;
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
import dev.countersign.attacker.wire.NoAnswerException;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests whose end two servers would see at two places. */
final class RequestSmuggling implements Recipe {
  private static final String RULE = "A2-07";
  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final String END = "0\r\n\r\n";

  /**
   * A request that is not clear.
   *
   * @param fields lines after {@code Host}
   * @param body what follows, before the hidden request
   * @param hides whether a request is hidden after it
   */
  private record Variant(String what, List<String> fields, String body, boolean hides) {}

  @Override
  public About about() {
    return About.of(RULE, "request-smuggling")
        .by(Attacker.A1, Attacker.A2)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT)
        .stoppedBy(RULE, "a request whose end is not clear is refused, and the connection closed")
        .means("Behind a proxy, somebody's request begins with what the attacker hid in their own.")
        .change(
            "Refuse requests with both Content-Length and Transfer-Encoding, with either twice or"
                + " in an odd form, and close the connection (RFC 9112 section 6).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    List<URI> places = new ArrayList<>();
    places.add(lab.server().need(Server.PAR, false));
    lab.target().resources().stream().map(TestResource::url).forEach(places::add);
    for (URI place : places.stream().limit(2).toList()) {
      String where = place.equals(places.getFirst()) ? "server" : "resource";
      Answer clear = play.twin(where + ": a request that is clear", () -> clear(lab, place));
      for (Variant variant : variants()) {
        judge(play, where + ": " + variant.what(), lab, clear, variant);
      }
    }
  }

  /** Any answer of HTTP is right: it was understood. */
  private static Answer clear(Lab lab, URI place) throws IOException {
    Answer answer =
        send(
            lab,
            place,
            new Variant("", List.of("Content-Length: 3", "Connection: close"), "a=b", false));
    if (answer.status() == 0 || answer.status() >= 500) {
      throw new TwinFailedException("a clear request was answered " + answer.brief());
    }
    return answer;
  }

  private static List<Variant> variants() {
    List<Variant> all = new ArrayList<>();
    all.add(hiding("Content-Length and chunks", END, "Content-Length: 5", CHUNKED));
    all.add(hiding("chunks and Content-Length", END, CHUNKED, "Content-Length: 5"));
    all.add(hiding("Content-Length 0 and chunks", "", "Content-Length: 0", CHUNKED));
    for (String odd :
        List.of(
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: identity, chunked",
            "Transfer-Encoding: \u000bchunked",
            "Transfer-Encoding:\r\n chunked",
            "Transfer-Encoding: \"chunked\"",
            "Transfer_Encoding: chunked",
            " Transfer-Encoding: chunked",
            "X: y\nTransfer-Encoding: chunked")) {
      boolean unknown = odd.startsWith("Transfer_");
      all.add(
          hiding(
              shown(odd) + " and Content-Length",
              END,
              unknown ? "Content-Length: -5" : "Content-Length: 5",
              odd));
    }
    lengths(all);
    fields(all);
    return all;
  }

  private static void lengths(List<Variant> all) {
    all.add(hiding("Transfer-Encoding twice", END, CHUNKED, CHUNKED));
    all.add(hiding("chunked twice", END, "Transfer-Encoding: chunked, chunked"));
    all.add(hiding("two Content-Length", "a=b", "Content-Length: 3", "Content-Length: 0"));
    all.add(hiding("two Content-Length in one", "a=b", "Content-Length: 3, 0"));
    for (String length : List.of("+3", "-3", "3 3", "0x3", "3;", "", "99999999999999999999")) {
      all.add(hiding("Content-Length '" + length + "'", "a=b", "Content-Length: " + length));
    }
    all.add(hiding("a chunk with an odd length", "0x0\r\n\r\n", CHUNKED));
    all.add(hiding("a chunk with a negative length", "-1\r\n\r\n", CHUNKED));
    all.add(hiding("a chunk that is longer than it says", "1\r\nab\r\n" + END, CHUNKED));
    all.add(hiding("chunks that end in bare LF", "0\n\n", CHUNKED));
  }

  private static void fields(List<Variant> all) {
    all.add(plain("a folded field", "X-Folded: a\r\n b", "Content-Length: 0"));
    all.add(plain("a NUL in a field", "X-Nul: a\0b", "Content-Length: 0"));
    all.add(plain("a NUL in a name", "X-N\0ul: a", "Content-Length: 0"));
    all.add(plain("a bare CR in a field", "X-Cr: a\rb", "Content-Length: 0"));
    all.add(plain("a space before the colon", "X-Space : a", "Content-Length: 0"));
    all.add(plain("a field without a colon", "X-Nothing", "Content-Length: 0"));
  }

  private static Variant hiding(String what, String body, String... fields) {
    return new Variant(what, List.of(fields), body, true);
  }

  private static Variant plain(String what, String... fields) {
    return new Variant(what, List.of(fields), "", false);
  }

  private static String shown(String field) {
    return "'" + field.replaceAll("[^ -~]+", "?") + "'";
  }

  private static void judge(Play play, String what, Lab lab, Answer clear, Variant variant)
      throws IOException {
    Instant before = lab.now();
    Answer answer;
    try {
      answer = send(lab, clear.url(), variant);
    } catch (NoAnswerException e) {
      play.should(what, false, "waits for more and answers nothing", RULE);
      return;
    }
    boolean second = answer.text().contains("HTTP/1.1 ");
    play.holds(
        what + (variant.hides() ? ": what is hidden in it is not answered" : ": one answer"),
        !second,
        second ? "two answers came" : "answered " + answer.brief(),
        RULE);
    boolean closed = lab.now().isBefore(before.plus(lab.target().bounds().timeout()));
    play.should(
        what + " is refused, and the connection closed",
        closed && isRefused(answer, clear),
        "answered " + answer.brief() + (closed ? "" : ", and the connection stays open"),
        RULE);
  }

  /** Who answers as to the clear request has read it as if it were one. */
  private static boolean isRefused(Answer answer, Answer clear) {
    boolean refuses =
        answer.status() == 0
            || answer.status() >= 400 && answer.status() < 500
            || answer.status() == 501;
    boolean alike = answer.status() == clear.status() && answer.error().equals(clear.error());
    return refuses && !alike;
  }

  private static Answer send(Lab lab, URI place, Variant variant) throws IOException {
    StringBuilder text = new StringBuilder("POST ").append(place.getRawPath());
    text.append(" HTTP/1.1\r\nHost: ").append(place.getRawAuthority()).append("\r\n");
    text.append("Content-Type: application/x-www-form-urlencoded\r\n");
    variant.fields().forEach(field -> text.append(field).append("\r\n"));
    text.append("\r\n").append(variant.body());
    if (variant.hides()) {
      text.append("GET /countersign-attacker-hidden HTTP/1.1\r\nHost: ");
      text.append(place.getRawAuthority()).append("\r\nConnection: close\r\n\r\n");
    }
    return lab.line().raw(Move.OTHER, place, Line.latin1(text.toString()), Optional.empty());
  }
}
