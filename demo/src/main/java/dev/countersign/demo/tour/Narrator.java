package dev.countersign.demo.tour;

import dev.countersign.demo.scene.Exchange;
import dev.countersign.demo.scene.Party;
import dev.countersign.demo.scene.Wire;
import dev.countersign.demo.story.Evidence;
import dev.countersign.demo.story.KeyRing;
import dev.countersign.demo.story.MessageDecoder;
import dev.countersign.demo.story.MessageKind;
import dev.countersign.demo.story.Observation;
import dev.countersign.demo.story.Observations;
import dev.countersign.demo.story.Refused;
import dev.countersign.demo.story.Shown;
import dev.countersign.demo.story.Sight;
import dev.countersign.demo.story.Story;
import dev.countersign.requirement.Catalogue;
import dev.countersign.requirement.CatalogueEntry;
import dev.countersign.requirement.RequirementId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the journey: takes from the wire what was heard, holds it against the script and against
 * what must be seen in it, and hands it to the printer. For one thread.
 */
final class Narrator {
  private final Wire wire;
  private final KeyRing keys;
  private final Story story;
  private final Observations observations;
  private final TourPrinter printer;
  private final Set<RequirementId> met = new LinkedHashSet<>();
  private int chapters;
  private int messages;
  private int attacksRefused;

  Narrator(Wire wire, KeyRing keys, Story story, Observations observations, TourPrinter printer) {
    this.wire = wire;
    this.keys = keys;
    this.story = story;
    this.observations = observations;
    this.printer = printer;
  }

  /** Begins a step, in which {@code speaker} talks first. */
  void chapter(String title, Party speaker) {
    wire.speaker(speaker);
    printer.print(new TourLine.Chapter(++chapters, title));
  }

  void note(String text) {
    printer.print(new TourLine.Note(text));
  }

  /** Lets {@code party} talk from now on. */
  void speaker(Party party) {
    wire.speaker(party);
  }

  /**
   * Tells what was heard since the last time.
   *
   * @param script what it must be, in this order
   * @throws TourFailure when it is something else, or something is not seen that must be
   */
  void hear(MessageKind... script) throws TourFailure {
    List<Evidence> heard = evidence();
    if (heard.size() != script.length) {
      heard.forEach(e -> print(e, "unexpected", List.of(), List.of()));
      throw new TourFailure(
          "there were %d messages where the script has %s".formatted(heard.size(), words(script)));
    }
    for (int i = 0; i < script.length; i++) {
      if (script[i] == MessageKind.KEYS) {
        keys.learn(heard.get(i).json());
      }
    }
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < script.length; i++) {
      faults.addAll(tell(heard.get(i), script[i]));
    }
    if (!faults.isEmpty()) {
      throw new TourFailure(String.join("; ", faults));
    }
  }

  /** Tells what was heard before the journey broke off, without any claim about it. */
  void hearTheRest() {
    evidence().forEach(e -> print(e, "last heard", List.of(), List.of()));
  }

  /**
   * Tells by which rule the newest message of this kind was refused.
   *
   * @throws TourFailure if nobody gave a reason
   */
  void attackRefused(String attack, MessageKind kind) throws TourFailure {
    Refused refused =
        story
            .newest(kind)
            .flatMap(Narrator::refused)
            .orElseThrow(() -> new TourFailure("nobody refused: " + attack));
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
    return wire.drain().stream().map(exchange -> new Evidence(exchange, keys, story)).toList();
  }

  /** What is wrong with the message; nothing if all is as it must be. */
  private List<String> tell(Evidence e, MessageKind kind) {
    List<Sight> meets = new ArrayList<>();
    List<Sight> misses = new ArrayList<>();
    for (Observation observation : observations.in(kind)) {
      Sight sight = new Sight(observation.id(), observation.what());
      (observation.holds().test(e) ? meets : misses).add(sight);
    }
    print(e, MessageDecoder.word(kind), meets, misses);
    meets.forEach(sight -> met.add(sight.id()));
    story.add(kind, e);
    List<String> faults = new ArrayList<>();
    int number = e.exchange().number();
    if (e.status() != kind.status()) {
      faults.add(
          "message %d (%s) was answered %d, not %d"
              .formatted(number, MessageDecoder.word(kind), e.status(), kind.status()));
    }
    misses.forEach(
        sight ->
            faults.add(
                "message %d (%s) misses %s: %s"
                    .formatted(number, MessageDecoder.word(kind), sight.id(), sight.what())));
    return faults;
  }

  private void print(Evidence e, String word, List<Sight> meets, List<Sight> misses) {
    messages++;
    Exchange exchange = e.exchange();
    printer.print(
        new TourLine.Message(
            exchange.number(),
            word,
            exchange.from(),
            exchange.to(),
            exchange.request().method(),
            exchange.url(),
            e.status(),
            MessageDecoder.sends(e),
            MessageDecoder.signed(e),
            MessageDecoder.answers(e),
            refused(e),
            meets,
            misses));
  }

  private static Optional<Refused> refused(Evidence e) {
    return e.exchange()
        .refusal()
        .map(refusal -> new Refused(refusal.rule(), refusal.description()));
  }

  private static String words(MessageKind... script) {
    return Arrays.stream(script)
        .map(MessageDecoder::word)
        .toList()
        .toString()
        .toLowerCase(Locale.ROOT);
  }
}
