package dev.countersign.attacker.recipe.signing;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Several signatures of which none is good for this, though parts of them are. */
final class ConfusedLabels implements Recipe {
  private static final String RULE = "SIG-8";
  private static final String LABELS = "SIG-1";
  private static final String OTHER_TAG = "app-login";

  @Override
  public About about() {
    return About.of("S-08", "sig-label-confusion")
        .also("ATT-65")
        .by(Attacker.A1, Attacker.A2, Attacker.A5)
        .endangers(Goal.NON_REPUDIATION, Goal.AUTHORIZATION)
        .needs(Need.SIGNED_RESOURCE, Need.USER)
        .stoppedBy(RULE, "one signature is chosen by its tag, and everything checked is of it")
        .means("What one signature covers is believed because another one is good.")
        .change(
            "Choose the signature by tag, take its bytes by its label, check coverage and bytes of"
                + " that one; refuse labels that come twice.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Signing signing = Signing.of(play, lab);
    otherTag(play, signing);
    weak(play, signing);
    labels(play, signing);
    twice(play, signing);
    play.passes(
        "a signature for something else beside the right one",
        signing
            .call(
                right -> List.of(right.tag(OTHER_TAG).with(List.of()).label("a"), right.label("b")),
                Signing::fields)
            .send(),
        RULE);
    play.twin("a right request is taken still", signing.call().send());
  }

  private static Answer sent(
      Signing signing,
      Function<Draft, List<Draft>> drafts,
      Function<List<Draft>, List<Map.Entry<String, String>>> written)
      throws IOException {
    return signing.call(drafts, written).send();
  }

  /** A good signature for something else. */
  private static void otherTag(Play play, Signing signing) throws IOException {
    Function<Draft, List<Draft>> both =
        right -> List.of(right.label("a"), right.tag(OTHER_TAG).label("b"));
    play.refused(
        "a bad signature with the right tag, a good one with another",
        sent(signing, both, all -> fields(all, bad(all.get(0)), all.get(1).signature())),
        Signing.unsigned(RULE));
    play.refused(
        "a good one with another tag, a bad one with the right tag",
        sent(
            signing,
            right -> both.apply(right).reversed(),
            all -> fields(all, all.get(0).signature(), bad(all.get(1)))),
        Signing.unsigned(RULE));
    play.refused(
        "the right tag without a signature, another tag with a good one",
        sent(signing, both, all -> fields(all, all.get(1).signature())),
        Signing.unsigned(LABELS));
    play.refused(
        "the signature for something else under both labels",
        sent(signing, both, all -> fields(all, "a=" + all.get(1).value(), all.get(1).signature())),
        Signing.unsigned(RULE));
  }

  /** A good signature that covers nothing, and a bad one that covers everything. */
  private static void weak(Play play, Signing signing) throws IOException {
    Function<Draft, List<Draft>> weak =
        right -> List.of(right.with(List.of()).label("a"), right.label("b"));
    play.refused(
        "a good signature of nothing before a bad one of everything",
        sent(signing, weak, all -> fields(all, all.get(0).signature(), bad(all.get(1)))),
        Signing.unsigned(RULE));
    play.refused(
        "a bad signature of everything before a good one of nothing",
        sent(
            signing,
            right -> weak.apply(right).reversed(),
            all -> fields(all, bad(all.get(0)), all.get(1).signature())),
        Signing.unsigned(RULE));
    // Nobody is deceived where one is good: but which one was meant is not said.
    Signing.odd(
        play,
        "a good signature of nothing beside a good one of everything",
        sent(signing, weak, Signing::fields),
        RULE);
  }

  private static void labels(Play play, Signing signing) throws IOException {
    Function<Draft, List<Draft>> both =
        right -> List.of(right.label("a"), right.tag(OTHER_TAG).label("b"));
    Signing.odd(
        play,
        "the signatures of two labels swapped",
        sent(
            signing,
            both,
            all -> fields(all, "a=" + all.get(1).value(), "b=" + all.get(0).value())),
        LABELS);
    Signing.odd(
        play,
        "the signature under another label",
        sent(signing, List::of, all -> fields(all, "other=" + all.getFirst().value())),
        LABELS);
    Signing.odd(
        play,
        "the signature as text",
        sent(signing, List::of, all -> fields(all, "sig1=" + Draft.quoted(all.getFirst().value()))),
        LABELS);
  }

  /** Of a key that comes twice, some read the first member and some the last. */
  private static void twice(Play play, Signing signing) throws IOException {
    Function<Draft, List<Draft>> weakLast = right -> List.of(right, right.with(List.of()));
    Function<Draft, List<Draft>> weakFirst = right -> weakLast.apply(right).reversed();
    play.refused(
        "a label twice, the signature of the last, which covers nothing",
        sent(signing, weakLast, all -> fields(all, all.get(1).signature())),
        Signing.unsigned(LABELS));
    play.refused(
        "a label twice, the signature of the first, which covers nothing",
        sent(signing, weakFirst, all -> fields(all, all.get(0).signature())),
        Signing.unsigned(LABELS));
    Signing.odd(
        play,
        "a label twice in Signature, a bad one last",
        sent(
            signing, List::of, all -> fields(all, all.getFirst().signature(), bad(all.getFirst()))),
        LABELS);
    Signing.odd(
        play,
        "a label twice in Signature, a good one last",
        sent(
            signing, List::of, all -> fields(all, bad(all.getFirst()), all.getFirst().signature())),
        LABELS);
    Signing.odd(
        play,
        "Signature in two lines with one label",
        sent(signing, List::of, ConfusedLabels::lines),
        LABELS);
  }

  private static List<Map.Entry<String, String>> lines(List<Draft> all) {
    List<Map.Entry<String, String>> fields = new ArrayList<>(Signing.fields(all));
    fields.add(Map.entry("Signature", bad(all.getFirst())));
    return fields;
  }

  private static List<Map.Entry<String, String>> fields(List<Draft> inputs, String... signatures) {
    return Signing.fields(
        String.join(", ", inputs.stream().map(Draft::input).toList()),
        String.join(", ", signatures));
  }

  /** The signature with one bit changed. */
  private static String bad(Draft draft) {
    String value = draft.value();
    byte[] bytes = Base64.getDecoder().decode(value.substring(1, value.length() - 1));
    bytes[bytes.length - 1] ^= 1;
    return draft.label() + "=:" + Base64.getEncoder().encodeToString(bytes) + ":";
  }
}
