package dev.countersign.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.Recipes;
import dev.countersign.attacker.play.About;
import dev.countersign.requirement.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The recipes keep step with the catalogues of attacks, and with the page that lists them. */
class RecipesTest {
  private static final Path DOCUMENTS =
      Path.of(System.getProperty("countersign.root", ".."), "docs");

  /** What the catalogues of attacks call their rows. */
  private static final Pattern ATTACK =
      Pattern.compile("(ATT|A1|A2|A3|A5|A7|J|S)-\\d{2}", Pattern.CASE_INSENSITIVE);

  private static Set<String> known() {
    return Catalogue.load().entries().stream()
        .map(entry -> entry.id().value())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyAttackOfTheCataloguesIsPlayedOrToldToBeUnplayed() {
    Set<String> told = new TreeSet<>();
    Recipes.all().forEach(recipe -> told.addAll(recipe.about().ids()));
    Recipes.unplayed().forEach(result -> told.addAll(result.about().ids()));
    Set<String> missing = known();
    missing.removeIf(id -> !ATTACK.matcher(id).matches());
    missing.removeAll(told);
    assertThat(missing).isEmpty();
  }

  @Test
  void noAttackIsPlayedByTwoRecipesUnlessEachDoesAPartOfIt() {
    TreeMap<String, Long> first =
        Recipes.all().stream()
            .map(recipe -> recipe.about().id() + " " + recipe.about().name())
            .collect(Collectors.groupingBy(id -> id, TreeMap::new, Collectors.counting()));
    first.values().removeIf(count -> count == 1);
    assertThat(first).as("recipes that are called alike").isEmpty();
  }

  @Test
  void noNameIsThatOfTwoRecipes() {
    assertThat(
            Stream.concat(
                    Recipes.all().stream().map(recipe -> recipe.about()),
                    Recipes.unplayed().stream().map(result -> result.about()))
                .map(About::name))
        .doesNotHaveDuplicates();
  }

  @Test
  void cardsNameWhatTheCatalogueHas() {
    assertThat(known())
        .containsAll(Recipes.all().stream().map(recipe -> recipe.about().rule()).toList())
        .containsAll(
            Recipes.all().stream().flatMap(recipe -> recipe.about().ids().stream()).toList());
  }

  @Test
  void thePageListsThemAll() throws IOException {
    Path page = DOCUMENTS.resolve("attacks.md");
    String right = page();
    if (Boolean.getBoolean("countersign.update")) {
      Files.writeString(page, right);
    }
    assertThat(Files.readString(page)).isEqualTo(right);
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Attacks

            Every recipe of `countersign attack`, in the order of a run. [The Attacker Model, run](attacker-model.md) explains attackers, goals and verdicts; `countersign rules ID` tells the text of a rule. This page is written by a test.

            | recipe | name | attacker | endangers | needs | stopped by | rule |
            |---|---|---|---|---|---|---|
            """);
    List<About> cards = Recipes.all().stream().map(recipe -> recipe.about()).toList();
    cards.forEach(card -> page.append(row(card)));
    page.append("\n## Not played\n\n| recipe | name | why |\n|---|---|---|\n");
    Recipes.unplayed()
        .forEach(
            result ->
                page.append(
                    "| %s | %s | %s |\n"
                        .formatted(
                            String.join(", ", result.about().ids()),
                            result.about().name(),
                            result.reason())));
    return page.toString();
  }

  private static String row(About card) {
    return "| %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            String.join(", ", card.ids()),
            card.name(),
            card.attackers().stream().sorted().map(one -> one.id()).collect(joining()),
            card.goals().stream().sorted().map(one -> one.title()).collect(joining()),
            card.needs().stream().sorted().map(one -> one.title()).collect(joining()),
            card.defence(),
            card.rule());
  }

  private static Collector<CharSequence, ?, String> joining() {
    return Collectors.joining(", ");
  }
}
