package dev.countersign.attacker.play;

import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Exchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One performance of a recipe: its steps and how each is judged. What was said since the last step
 * belongs to the next. For one thread; {@link #heard} may be called by any.
 */
public final class Play {
  /** Characters of a performance that are kept: more than twice what servers say that mean well. */
  private static final long MOST_KEPT = 512 * 1024;

  private static final String BUSY = ": too busy, or too many requests";

  private final List<TestUser> people;
  private final long most;
  private final List<Step> steps = new ArrayList<>();
  private final List<Exchange> said = new ArrayList<>();
  private long kept;
  private boolean twinned;

  /** In which nobody is known to log in. */
  public Play() {
    this(List.of(), MOST_KEPT);
  }

  /**
   * In which these people log in.
   *
   * @param room characters of what is said that there is room for, which is not used up by one
   *     performance
   */
  public Play(List<TestUser> people, long room) {
    this.people = List.copyOf(people);
    this.most = Math.min(room, MOST_KEPT);
  }

  /** Does what is right and gives back what came of it. */
  @FunctionalInterface
  public interface Right<T> {
    /**
     * Does it.
     *
     * @throws IOException if it does not succeed
     */
    T get() throws IOException;
  }

  /** Takes down what was said; when too much was, only that something was. */
  public void heard(Exchange exchange) {
    synchronized (said) {
      Exchange shown = kept + exchange.size() > most ? exchange.bare() : exchange;
      kept += shown.size();
      said.add(shown);
    }
  }

  /** How many characters of what was said are kept. */
  public long kept() {
    synchronized (said) {
      return kept;
    }
  }

  /**
   * The positive twin: what is right must succeed.
   *
   * @throws TwinFailedException if it does not
   */
  public <T> T twin(String what, Right<T> right) throws IOException {
    try {
      T got = right.get();
      add(Step.Kind.TWIN, what, Verdict.SECURE, "succeeded", "");
      twinned = true;
      return got;
    } catch (TwinFailedException e) {
      add(Step.Kind.TWIN, what, Verdict.INCONCLUSIVE, String.valueOf(e.getMessage()), "");
      throw e;
    }
  }

  /** The positive twin by its answer: it must be a success. */
  public Answer twin(String what, Answer answer) throws IOException {
    return twin(
        what,
        () -> {
          if (!answer.isSuccess()) {
            throw new TwinFailedException(what + ": answered " + answer.brief());
          }
          return answer;
        });
  }

  /**
   * The positive twin once more, after a series of refusals. If what is right fails by now, too,
   * the client is locked out or slowed down, and the refusals before may have been of that.
   *
   * @throws TwinFailedException if it does not succeed
   */
  public <T> T still(String what, Right<T> right) throws IOException {
    return twin(
        what,
        () -> {
          try {
            return right.get();
          } catch (TwinFailedException e) {
            throw new TwinFailedException(
                e.getMessage() + "; it is locked out or slowed down, and the refusals say nothing");
          }
        });
  }

  /**
   * A back-channel answer that must be a refusal. A server that is too busy, or a connection that
   * is closed where nobody expects it, refuses nothing.
   */
  public void refused(String what, Answer answer, Expected expected) {
    String found = "answered " + answer.brief() + ", expected " + expected.brief();
    if (answer.isSuccess()) {
      attack(what, Verdict.VULNERABLE, found, expected.rule());
    } else if (expected.isMetBy(answer)) {
      attack(what, Verdict.SECURE, "answered " + answer.brief(), expected.rule());
    } else if (answer.closed().isPresent()) {
      String why = "connection closed (" + answer.closed().get() + "), expected ";
      attack(what, Verdict.INCONCLUSIVE, why + expected.brief(), expected.rule());
    } else if (answer.isBusy()) {
      attack(what, Verdict.INCONCLUSIVE, found + BUSY, expected.rule());
    } else {
      attack(what, Verdict.SECURE_BUT_ODD_CODE, found, expected.rule());
    }
  }

  /**
   * A browser that must not come back with a code. An error page is right, and so is an error at
   * the registered redirect URI. An error page that says it is none, by its status, is odd.
   */
  public void refused(String what, Landing landing, String rule) {
    switch (landing) {
      case Landing.Back back when back.code().isPresent() ->
          attack(what, Verdict.VULNERABLE, "the browser came back with a code", rule);
      case Landing.Back back ->
          attack(what, Verdict.SECURE, "came back with " + back.error().orElse("no code"), rule);
      case Landing.Shown shown -> refused(what, shown.page(), rule);
      case Landing.Elsewhere elsewhere ->
          attack(what, Verdict.VULNERABLE, "was sent to " + elsewhere.to().getHost(), rule);
    }
  }

  private void refused(String what, Answer page, String rule) {
    String status = "a page of status " + page.status();
    if (page.closed().isPresent()) {
      attack(what, Verdict.INCONCLUSIVE, "connection closed", rule);
    } else if (page.isBusy()) {
      attack(what, Verdict.INCONCLUSIVE, status + BUSY, rule);
    } else if (page.status() >= 500) {
      attack(what, Verdict.SECURE_BUT_ODD_CODE, status, rule);
    } else if (page.status() >= 400) {
      attack(what, Verdict.SECURE, "an error " + status.substring(2), rule);
    } else if (Pages.goesOn(page, people)) {
      attack(what, Verdict.VULNERABLE, status + " that goes on", rule);
    } else if (Pages.asks(page)) {
      attack(what, Verdict.INCONCLUSIVE, status + " with a form that no user knows", rule);
    } else {
      attack(what, Verdict.SECURE_BUT_ODD_CODE, status + " with nothing to fill in", rule);
    }
  }

  /** Something that must hold; otherwise the attack succeeded. */
  public void holds(String what, boolean held, String found, String rule) {
    attack(what, held ? Verdict.SECURE : Verdict.VULNERABLE, found, rule);
  }

  /** Something that should hold; otherwise it is odd, and nobody is harmed. */
  public void should(String what, boolean held, String found, String rule) {
    attack(what, held ? Verdict.SECURE : Verdict.SECURE_BUT_ODD_CODE, found, rule);
  }

  /** What must be let pass, although it looks like an attack: refusing it is odd, not insecure. */
  public void passes(String what, Answer answer, String rule) {
    should(what, answer.isSuccess(), "answered " + answer.brief(), rule);
  }

  /**
   * The attack succeeds, and the specification accepts it.
   *
   * @param section the requirement or section that does
   */
  public void residual(String what, String section, String why) {
    attack(what, Verdict.RESIDUAL, why, section);
  }

  /** What cannot be told from here. */
  public void unclear(String what, String why, String rule) {
    attack(what, Verdict.INCONCLUSIVE, why, rule);
  }

  private void attack(String what, Verdict verdict, String found, String rule) {
    if (!twinned) {
      throw new IllegalStateException("an attack needs its positive twin first: " + what);
    }
    add(Step.Kind.ATTACK, what, verdict, found, rule);
  }

  private void add(Step.Kind kind, String what, Verdict verdict, String found, String rule) {
    synchronized (said) {
      steps.add(new Step(kind, what, verdict, found, rule, said));
      said.clear();
    }
  }

  /** How it went: without any attack, nothing is known. */
  public Result result(About about) {
    Verdict worst =
        steps.stream()
            .filter(step -> step.kind() == Step.Kind.ATTACK)
            .map(Step::verdict)
            .reduce(Verdict::or)
            .orElse(Verdict.INCONCLUSIVE);
    String reason =
        steps.stream()
            .filter(step -> step.kind() == Step.Kind.ATTACK && step.verdict() == worst)
            .map(step -> step.what() + ": " + step.found())
            .findFirst()
            .orElse("no attack was tried");
    return new Result(about, worst, reason, steps);
  }

  /** Ended early: what was found before counts, if it weighs more. */
  public Result ended(About about, Verdict verdict, String why) {
    flush(why, verdict);
    Result so = result(about);
    return so.verdict() == Verdict.VULNERABLE ? so : new Result(about, verdict, why, steps);
  }

  private void flush(String why, Verdict verdict) {
    if (!said.isEmpty()) {
      add(Step.Kind.TWIN, "ended", verdict, why, "");
    }
  }
}
