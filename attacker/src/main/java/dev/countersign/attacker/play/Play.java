package dev.countersign.attacker.play;

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
  private final List<Step> steps = new ArrayList<>();
  private final List<Exchange> said = new ArrayList<>();
  private boolean twinned;

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

  /** Takes down what was said. */
  public void heard(Exchange exchange) {
    synchronized (said) {
      said.add(exchange);
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

  /** A back-channel answer that must be a refusal. */
  public void refused(String what, Answer answer, Expected expected) {
    String found = "answered " + answer.brief() + ", expected " + expected.brief();
    if (answer.isSuccess()) {
      attack(what, Verdict.VULNERABLE, found, expected.rule());
    } else if (expected.isMetBy(answer)) {
      attack(what, Verdict.SECURE, "answered " + answer.brief(), expected.rule());
    } else {
      attack(what, Verdict.SECURE_BUT_ODD_CODE, found, expected.rule());
    }
  }

  /**
   * A browser that must not come back with a code. An error page is right, and so is an error at
   * the registered redirect URI.
   */
  public void refused(String what, Landing landing, String rule) {
    switch (landing) {
      case Landing.Back back when back.code().isPresent() ->
          attack(what, Verdict.VULNERABLE, "the browser came back with a code", rule);
      case Landing.Back back ->
          attack(what, Verdict.SECURE, "came back with " + back.error().orElse("no code"), rule);
      case Landing.Shown shown when shown.page().status() >= 500 ->
          attack(
              what, Verdict.SECURE_BUT_ODD_CODE, "a page of status " + shown.page().status(), rule);
      case Landing.Shown shown when shown.page().status() < 400 ->
          attack(
              what,
              Verdict.VULNERABLE,
              "a page that goes on, of status " + shown.page().status(),
              rule);
      case Landing.Shown shown ->
          attack(what, Verdict.SECURE, "an error page of status " + shown.page().status(), rule);
      case Landing.Elsewhere elsewhere ->
          attack(what, Verdict.VULNERABLE, "was sent to " + elsewhere.to().getHost(), rule);
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
