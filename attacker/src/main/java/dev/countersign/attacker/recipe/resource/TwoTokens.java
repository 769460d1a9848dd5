package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.ResourceCall;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.Optional;

/** Two tokens in one request: one that is proved, and one that counts. */
final class TwoTokens implements Recipe {
  private static final String RULE = "DP-12";

  @Override
  public About about() {
    return About.of("ATT-53", "two-tokens")
        .by(Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.DPOP, Need.USER, Need.SECOND_USER, Need.RESOURCE)
        .stoppedBy(RULE, "a request has one token")
        .means("One token is checked and another used: a stolen one gets in behind one's own.")
        .change("Refuse requests with more than one token (RFC 6750 sections 2 and 3.1).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Stolen stolen = Stolen.of(lab.proving(), play, lab);
    Caller thief = stolen.client().withKey(lab.newKey()).attacking();
    Tokens own =
        play.twin("a token of the attacker", () -> thief.tokens(lab.browser(), lab.attacker()));
    Answer twin = play.twin("it is good", thief.call(stolen.resource(), own.access()).send());
    String front = "DPoP " + own.access();
    String behind = "DPoP " + stolen.token();
    judge(play, "one's own, then the stolen one", call(thief, stolen, own, front, behind), twin);
    judge(play, "the stolen one, then one's own", call(thief, stolen, own, behind, front), twin);
    judge(
        play,
        "one's own, then the stolen one as Bearer",
        call(thief, stolen, own, front, "Bearer " + stolen.token()),
        twin);
    judge(play, "both in one field", call(thief, stolen, own, front + ", " + behind), twin);
    judge(play, "the same twice", call(thief, stolen, own, front, front), twin);
    ResourceCall query = thief.call(stolen.resource(), own.access());
    judge(play, "the stolen one in the query", TokenPlace.withQuery(query, stolen).send(), twin);
    inForm(play, thief, stolen, own, twin);
  }

  /** With GET a form is no place for a token (RFC 6750 section 2.2), so it may be left unread. */
  private static void inForm(Play play, Caller thief, Stolen stolen, Tokens own, Answer twin)
      throws IOException {
    ResourceCall get = thief.call(stolen.resource(), own.access());
    Answer read = TokenPlace.withForm(get, stolen, "GET").send();
    play.holds(
        "the stolen one in a form: what is not proved is not used",
        !read.isSuccess() || read.text().equals(twin.text()),
        "answered " + read.brief(),
        RULE);
    ResourceCall post = thief.call(stolen.resource(), own.access());
    Answer posted = TokenPlace.withForm(post, stolen, "POST").send();
    play.should(
        "the stolen one in a form that is posted is refused",
        posted.status() >= 400 && posted.status() < 500,
        "answered " + posted.brief(),
        RULE);
  }

  private static Answer call(Caller thief, Stolen stolen, Tokens own, String... authorizations)
      throws IOException {
    String proof = thief.proof("GET", stolen.resource().url(), Optional.of(own.access())).compact();
    ResourceCall call = thief.call(stolen.resource(), own.access()).withoutToken().proofs(proof);
    for (String authorization : authorizations) {
      call.field("Authorization", authorization);
    }
    return call.send();
  }

  /** Who lets in with the data of the token that was proved is odd; with others' data, broken. */
  private static void judge(Play play, String what, Answer answer, Answer own) {
    if (!answer.isSuccess()) {
      play.refused(what, answer, Expected.error(RULE, "invalid_request").status(400));
      return;
    }
    boolean mine = answer.text().equals(own.text());
    play.holds(
        what + ": what is not proved is not used",
        mine,
        mine ? "let in by the attacker's own token" : "let in with other data",
        RULE);
    play.should(what + " is refused", false, "answered " + answer.brief(), RULE);
  }
}
