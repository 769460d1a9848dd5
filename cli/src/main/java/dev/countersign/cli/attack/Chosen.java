package dev.countersign.cli.attack;

import dev.countersign.attacker.Recipes;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Result;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which recipes are meant.
 *
 * @param ids of either catalogue, or names of recipes, in upper case; none means all
 */
public record Chosen(Set<String> ids) {

  /** Copies the ids. */
  public Chosen {
    ids = Set.copyOf(ids);
  }

  /** By what somebody typed. */
  public static Chosen of(List<String> typed) {
    Set<String> ids = new TreeSet<>();
    typed.forEach(id -> ids.add(id.strip().toUpperCase(Locale.ROOT)));
    return new Chosen(ids);
  }

  /** Those that will be played, in the order of the run. */
  public List<About> played() {
    return Recipes.all().stream().map(Recipe::about).filter(this::means).toList();
  }

  /** Those that no recipe plays. */
  public List<Result> unplayed() {
    return Recipes.unplayed().stream().filter(one -> means(one.about())).toList();
  }

  /** What is wrong with an id, for a list; empty if all are known. */
  public Optional<String> unknown() {
    return ids.stream()
        .sorted()
        .filter(id -> played().stream().noneMatch(about -> isCalled(about, id)))
        .filter(id -> unplayed().stream().noneMatch(one -> isCalled(one.about(), id)))
        .findFirst()
        .map(id -> "There is no recipe '" + id + "'. Try countersign attack --list.");
  }

  /** What is wrong with an id, for a run; empty if all can be played. */
  public Optional<String> unplayable() {
    return unknown()
        .or(
            () ->
                unplayed().stream()
                    .filter(_ -> !ids.isEmpty())
                    .findFirst()
                    .map(one -> one.about().id() + " is not played: " + one.reason() + "."));
  }

  private boolean means(About about) {
    return ids.isEmpty() || ids.stream().anyMatch(id -> isCalled(about, id));
  }

  private static boolean isCalled(About about, String id) {
    return about.ids().contains(id) || about.name().toUpperCase(Locale.ROOT).equals(id);
  }
}
