package dev.countersign.demo.tour;

import dev.countersign.demo.scene.Exchange;
import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.story.Evidence;
import dev.countersign.demo.story.MessageKind;
import dev.countersign.demo.story.Refused;
import dev.countersign.demo.story.Shown;
import dev.countersign.demo.story.Story;
import dev.countersign.demo.story.Teller;
import dev.countersign.demo.story.Told;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Catalogue;
import dev.countersign.requirement.CatalogueEntry;
import dev.countersign.requirement.RequirementId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells the journey: takes from the wire what was heard, holds it against the script and against
 * what must be seen in it, and hands it to the printer. For one thread.
 */
final class Narrator {
  /** Requests to the bank that are good in themselves, so that it asks whether the token is. */
  private static final Set<MessageKind> ASKED_ABOUT =
      Collections.unmodifiableSet(
          EnumSet.of(
              MessageKind.ACCOUNTS,
              MessageKind.TRANSACTIONS,
              MessageKind.PAYMENT,
              MessageKind.PAYMENT_REFUSED,
              MessageKind.REPLAYED_PROOF,
              MessageKind.BANK_REVOKED));

  private final Heard heard;
  private final Teller teller;
  private final Story story;
  private final Signing signing;
  private final TourPrinter printer;
  private final Set<RequirementId> met = new LinkedHashSet<>();
  private int chapters;
  private int messages;
  private int attacksRefused;

  Narrator(Heard heard, Teller teller, Story story, Signing signing, TourPrinter printer) {
    this.signing = signing;
    this.heard = heard;
    this.teller = teller;
    this.story = story;
    this.printer = printer;
  }

  /** Learns the server's keys before the client does. */
  void learn(JsonObject jwks) {
    teller.learn(jwks);
  }

  /** Begins a step. */
  void chapter(String title) {
    printer.print(new TourLine.Chapter(++chapters, title));
  }

  void note(String text) {
    printer.print(new TourLine.Note(text));
  }

  /**
   * Tells what was heard since the last time.
   *
   * @param script what it must be, in this order
   * @throws TourFailure when it is something else, or something is not seen that must be
   */
  void hear(MessageKind... script) throws TourFailure {
    hear(Arrays.stream(script).flatMap(this::withQuestion).toList());
  }

  /** Where every message is signed the bank asks about a token before it serves it. */
  private Stream<MessageKind> withQuestion(MessageKind kind) {
    return signing.isOfMessages() && ASKED_ABOUT.contains(kind)
        ? Stream.of(MessageKind.INTROSPECTION, kind)
        : Stream.of(kind);
  }

  private void hear(List<MessageKind> script) throws TourFailure {
    List<Evidence> fresh = evidence();
    if (fresh.size() != script.size()) {
      fresh.forEach(e -> print(Teller.unjudged(e), "unexpected"));
      throw new TourFailure(
          "there were %d messages where the script has %s".formatted(fresh.size(), words(script)));
    }
    for (int i = 0; i < script.size(); i++) {
      if (script.get(i) == MessageKind.KEYS) {
        teller.learn(fresh.get(i).json());
      }
    }
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < script.size(); i++) {
      faults.addAll(tell(fresh.get(i), script.get(i)));
    }
    if (!faults.isEmpty()) {
      throw new TourFailure(String.join("; ", faults));
    }
  }

  /** Tells what was heard before the journey broke off, without any claim about it. */
  void hearTheRest() {
    evidence().forEach(e -> print(Teller.unjudged(e), "last heard"));
  }

  /**
   * Tells by which rule the newest message of this kind was refused.
   *
   * @throws TourFailure if nobody gave a reason
   */
  void attackRefused(String attack, MessageKind kind) throws TourFailure {
    attackRefused(attack, refusal(attack, kind));
  }

  /**
   * The same where the rule that was named is a part of another one, which says more.
   *
   * @param whole the other one, which was seen to be met in that message
   */
  void attackRefused(String attack, MessageKind kind, String whole) throws TourFailure {
    Refused part = refusal(attack, kind);
    attackRefused(attack, new Refused(RequirementId.of(whole), part.description()));
  }

  private Refused refusal(String attack, MessageKind kind) throws TourFailure {
    return story
        .newest(kind)
        .flatMap(Narrator::refused)
        .orElseThrow(() -> new TourFailure("nobody refused: " + attack));
  }

  /** Tells by which rule an attack was refused that no server heard of. */
  void attackRefused(String attack, Refused refused) {
    String requirement = Catalogue.load().find(refused.rule()).map(CatalogueEntry::text).orElse("");
    attacksRefused++;
    printer.print(new TourLine.AttackRefused(attack, refused, Shown.printable(requirement)));
  }

  /** The newest message of a kind, which the script has told before. */
  Evidence newest(MessageKind kind) {
    return story
        .newest(kind)
        .orElseThrow(() -> new IllegalStateException("the script has no " + kind + " yet"));
  }

  int messages() {
    return messages;
  }

  int requirementsMet() {
    return met.size();
  }

  int attacksRefused() {
    return attacksRefused;
  }

  private List<Evidence> evidence() {
    return heard.drain().stream().map(teller::evidence).toList();
  }

  /** What is wrong with the message; nothing if all is as it must be. */
  private List<String> tell(Evidence e, MessageKind kind) {
    Told told = teller.tell(e, kind);
    print(told, kind.word());
    told.meets().forEach(sight -> met.add(sight.id()));
    List<String> faults = new ArrayList<>();
    int number = e.exchange().number();
    if (!kind.isAnsweredBy(e.status())) {
      faults.add(
          "message %d (%s) must not be answered %d".formatted(number, kind.word(), e.status()));
    }
    told.misses()
        .forEach(
            sight ->
                faults.add(
                    "message %d (%s) misses %s: %s"
                        .formatted(number, kind.word(), sight.id(), sight.what())));
    return faults;
  }

  private void print(Told told, String word) {
    messages++;
    Exchange exchange = told.exchange();
    printer.print(
        new TourLine.Message(
            exchange.number(),
            word,
            exchange.from(),
            exchange.to(),
            exchange.request().method(),
            exchange.url(),
            exchange.response().status(),
            told.sends(),
            told.signed(),
            told.answers(),
            told.refused(),
            told.meets(),
            told.misses()));
  }

  private static Optional<Refused> refused(Evidence e) {
    return Teller.unjudged(e).refused();
  }

  private static String words(List<MessageKind> script) {
    return script.stream().map(MessageKind::word).toList().toString();
  }
}
