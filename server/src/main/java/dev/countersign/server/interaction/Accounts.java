package dev.countersign.server.interaction;

import com.password4j.Argon2Function;
import com.password4j.Password;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.server.browser.Trouble;
import dev.countersign.server.config.PasswordHash;
import dev.countersign.server.config.UserConfig;
import dev.countersign.server.details.Choice;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The accounts of the built-in login. Safe for any number of threads. */
public final class Accounts {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final Refusal BUSY = Trouble.BUSY.refusal("PAR-1");

  private final Map<String, UserConfig> byName;
  private final Map<Subject, UserConfig> bySubject;
  private final PasswordHash nobody;
  private final Hashing hashing;
  private final Semaphore turns;
  private final Duration longestWait;

  /** The accounts of the configuration. */
  public Accounts(List<UserConfig> users) {
    // Each hash takes memory by the megabyte and a core; half of the cores stay for the others.
    this(
        users,
        Accounts::isOf,
        new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)),
        LONGEST_WAIT);
  }

  /**
   * The same with other costs.
   *
   * @param longestWait for one of the turns, each of which is the right to one hash
   */
  Accounts(List<UserConfig> users, Hashing hashing, Semaphore turns, Duration longestWait) {
    this.hashing = hashing;
    this.turns = turns;
    this.longestWait = longestWait;
    this.byName =
        users.stream()
            .collect(Collectors.toUnmodifiableMap(UserConfig::username, Function.identity()));
    this.bySubject =
        users.stream()
            .collect(Collectors.toUnmodifiableMap(UserConfig::subject, Function.identity()));
    this.nobody = nobody(users);
  }

  /** Whether a password is the one of a hash; the costly part of a login. */
  @FunctionalInterface
  interface Hashing {
    /** Whether it is. */
    boolean isOf(PasswordHash hash, String password);
  }

  /**
   * The person whose name and password these are. Takes about as long whether or not they are, and
   * for an unknown name as for the costliest account: hashes of one cost tell nobody which names
   * there are.
   *
   * @throws dev.countersign.protocol.refusal.RefusalException 429 when too many ask at once
   */
  Optional<Subject> authenticate(String username, String password) {
    Optional<UserConfig> user = Optional.ofNullable(byName.get(username));
    boolean right = inTurn(user.map(UserConfig::password).orElse(nobody), password);
    return user.filter(known -> right).map(UserConfig::subject);
  }

  private boolean inTurn(PasswordHash hash, String password) {
    if (!hasTurn()) {
      throw BUSY.exception();
    }
    try {
      return hashing.isOf(hash, password);
    } finally {
      turns.release();
    }
  }

  private static boolean isOf(PasswordHash hash, String password) {
    return Password.check(password, hash.phc())
        .with(Argon2Function.getInstanceFromHash(hash.phc()));
  }

  /** Waits a moment for a turn: a flood of passwords must not keep the other endpoints waiting. */
  private boolean hasTurn() {
    try {
      return turns.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether the person has an account: one who lost it is logged in no longer. */
  public boolean knows(Subject subject) {
    return bySubject.containsKey(subject);
  }

  /**
   * The person of whom an operator speaks: by {@code sub}, also of an account that is gone, or by
   * the name that they log in with. An account whose {@code sub} it is comes first.
   *
   * @throws IllegalArgumentException if it can be neither
   */
  public Subject named(String subOrUsername) {
    return Optional.ofNullable(byName.get(subOrUsername))
        .map(UserConfig::subject)
        .filter(
            _ -> bySubject.keySet().stream().noneMatch(sub -> sub.value().equals(subOrUsername)))
        .orElseGet(() -> new Subject(subOrUsername));
  }

  /** The name that a person logs in with; empty if the account is gone. */
  public Optional<String> username(Subject person) {
    return Optional.ofNullable(bySubject.get(person)).map(UserConfig::username);
  }

  /** The name to show for a person. */
  public String displayName(Subject subject) {
    return username(subject).orElse(subject.value());
  }

  /** What a person has to choose from at consent, by name. */
  Map<String, List<Choice>> choices(Subject subject) {
    return Optional.ofNullable(bySubject.get(subject)).map(UserConfig::choices).orElse(Map.of());
  }

  /**
   * The hash of a password that nobody has, as costly as the costliest that somebody has: a name
   * that is unknown must not be answered sooner.
   */
  static PasswordHash nobody(List<UserConfig> users) {
    String cost =
        users.stream()
            .map(UserConfig::password)
            .max(Comparator.comparingLong(PasswordHash::work))
            .map(PasswordHash::cost)
            .orElse(PasswordHash.USUAL_COST);
    return new PasswordHash("$argon2id$v=19$" + cost + "$Y291bnRlcnNpZ25ub25l$" + "A".repeat(43));
  }
}
