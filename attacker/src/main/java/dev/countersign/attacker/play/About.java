package dev.countersign.attacker.play;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The card of a recipe.
 *
 * @param ids those of the catalogues that it plays, the first is what it is called by
 * @param name in a few words, such as {@code code-replay}
 * @param attackers who can do it
 * @param goals what it endangers
 * @param needs what it needs of the target
 * @param rule the requirement that stops it, by its id; of several, the first that counts
 * @param defence what stops it, in a few words
 * @param means what it means when the attack succeeds, for somebody who reads a report
 * @param change what to change then
 */
public record About(
    List<String> ids,
    String name,
    Set<Attacker> attackers,
    Set<Goal> goals,
    Set<Need> needs,
    String rule,
    String defence,
    String means,
    String change) {

  /** Copies, and checks that the card is filled in. */
  public About {
    ids = List.copyOf(ids);
    attackers = Set.copyOf(attackers);
    goals = Set.copyOf(goals);
    needs = Set.copyOf(needs);
    if (ids.isEmpty() || attackers.isEmpty() || goals.isEmpty()) {
      throw new IllegalArgumentException("recipe " + name + " lacks an id, attacker or goal");
    }
    if (Stream.of(rule, defence, means, change).anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("recipe " + ids + " has an empty line on its card");
    }
  }

  /** What it is called by. */
  public String id() {
    return ids.getFirst();
  }

  /** A card to fill in. */
  public static Card of(String id, String name) {
    return new Card(id, name);
  }

  /** A card that is being filled in. */
  public static final class Card {
    private final List<String> ids = new ArrayList<>();
    private final String name;
    private final Set<Attacker> attackers = EnumSet.noneOf(Attacker.class);
    private final Set<Goal> goals = EnumSet.noneOf(Goal.class);
    private final Set<Need> needs = EnumSet.noneOf(Need.class);
    private String rule = "";
    private String defence = "";
    private String means = "";

    private Card(String id, String name) {
      this.ids.add(id);
      this.name = name;
    }

    /** Further ids that it plays, of either catalogue. */
    public Card also(String... others) {
      ids.addAll(List.of(others));
      return this;
    }

    /** Who can do it. */
    public Card by(Attacker... who) {
      attackers.addAll(List.of(who));
      return this;
    }

    /** What it endangers. */
    public Card endangers(Goal... what) {
      goals.addAll(List.of(what));
      return this;
    }

    /** What it needs of the target. */
    public Card needs(Need... what) {
      needs.addAll(List.of(what));
      return this;
    }

    /** What stops it, and the id of the requirement that says so. */
    public Card stoppedBy(String ruleId, String what) {
      this.rule = ruleId;
      this.defence = what;
      return this;
    }

    /** What success means. */
    public Card means(String text) {
      this.means = text;
      return this;
    }

    /** What to change; the card is full. */
    public About change(String text) {
      return new About(ids, name, attackers, goals, needs, rule, defence, means, text);
    }
  }
}
