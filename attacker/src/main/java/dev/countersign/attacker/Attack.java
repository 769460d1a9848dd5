package dev.countersign.attacker;

import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Nonces;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Patience;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Server;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.report.Findings;
import dev.countersign.attacker.report.Progress;
import dev.countersign.attacker.wire.Wire;
import dev.countersign.protocol.jose.Jose;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the recipes against a target, one after the other. For one thread. */
public final class Attack {
  private static final Logger LOG = LoggerFactory.getLogger(Attack.class);

  /**
   * Characters of what is said that all recipes keep: three times what servers say that mean well.
   */
  private static final long ROOM = 24L * 1024 * 1024;

  private final Lab.Means means;
  private final List<Recipe> recipes;
  private long room = ROOM;

  Attack(Lab.Means means, List<Recipe> recipes) {
    this.means = means;
    this.recipes = List.copyOf(recipes);
  }

  /**
   * What a run needs.
   *
   * @param only the ids or names of the recipes to play; none means all
   * @param patience how time passes until something has expired
   */
  public record Settings(
      Target target,
      Jose jose,
      SecureRandom random,
      InstantSource clock,
      Set<String> only,
      Patience patience) {

    /** With all the time that it takes. */
    public Settings(
        Target target, Jose jose, SecureRandom random, InstantSource clock, Set<String> only) {
      this(target, jose, random, clock, only, Patience.real());
    }

    /** Copies the ids. */
    public Settings {
      only = only.stream().map(id -> id.toUpperCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    boolean wants(About about) {
      return only.isEmpty()
          || only.contains(about.name().toUpperCase(Locale.ROOT))
          || about.ids().stream().anyMatch(only::contains);
    }
  }

  /**
   * Runs to the end and tells {@code progress} of each recipe.
   *
   * @throws IOException if the authorization server has no metadata, so that nothing can be tried
   */
  public static Findings run(Settings settings, Progress progress) throws IOException {
    try (Wire wire = new Wire(settings.target())) {
      Lab.Means means =
          new Lab.Means(
              settings.target(),
              wire,
              settings.jose(),
              settings.random(),
              settings.clock(),
              settings.patience());
      List<Recipe> wanted =
          Recipes.all().stream().filter(recipe -> settings.wants(recipe.about())).toList();
      return new Attack(means, wanted).play(settings, progress);
    }
  }

  private Findings play(Settings settings, Progress progress) throws IOException {
    Instant began = means.clock().instant();
    Server server = Server.discover(means.target().issuer(), means.wire().line(_ -> {}));
    Nonces nonces = new Nonces();
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < recipes.size(); i++) {
      Recipe recipe = recipes.get(i);
      progress.begins(recipe.about(), i + 1, recipes.size());
      Result result = play(recipe, server, nonces);
      results.add(result);
      progress.ended(result, i + 1, recipes.size());
    }
    if (settings.only().isEmpty()) {
      results.addAll(Unplayed.results());
    }
    Duration took = Duration.between(began, means.clock().instant());
    return new Findings(means.target().issuer().value(), began, took, means.wire().sent(), results);
  }

  /** Whatever goes wrong in a recipe is its own: the others are played all the same. */
  Result play(Recipe recipe, Server server, Nonces nonces) {
    About about = recipe.about();
    String missing =
        about.needs().stream()
            .filter(need -> !need.isMet(means.target(), server))
            .map(Need::title)
            .sorted()
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      return new Result(about, Verdict.NOT_RUN, "needs " + missing, List.of());
    }
    Play play = new Play(means.target().users(), room);
    try (Lab lab = new Lab(means, server, means.wire().line(play::heard), nonces)) {
      recipe.play(play, lab);
      return play.result(about);
    } catch (NotApplicableException e) {
      return play.ended(about, Verdict.NOT_RUN, String.valueOf(e.getMessage()));
    } catch (TwinFailedException e) {
      return play.ended(about, Verdict.INCONCLUSIVE, "what is right failed: " + e.getMessage());
    } catch (IOException e) {
      return play.ended(about, Verdict.INCONCLUSIVE, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      LOG.error("recipe {} failed", about.id(), e);
      return play.ended(about, Verdict.INCONCLUSIVE, own(about, e));
    } finally {
      room -= play.kept();
    }
  }

  /** What of a mistake of ours a reader can do something with. */
  private static String own(About about, Throwable e) {
    return e instanceof Error
        ? "the answers are too large or too deep for this attack to look at"
        : "this recipe has a mistake of its own, so that nothing is known; please report it, with"
            + " its id "
            + about.id()
            + " and what the server answered last";
  }
}
