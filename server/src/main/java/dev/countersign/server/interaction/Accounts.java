package dev.countersign.server.interaction;

import com.password4j.Argon2Function;
import com.password4j.Password;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.server.config.PasswordHash;
import dev.countersign.server.config.UserConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The accounts of the built-in login. Safe for any number of threads. */
public final class Accounts {
  private final Map<String, UserConfig> byName;
  private final Map<Subject, UserConfig> bySubject;
  private final PasswordHash nobody;

  /** Each hash takes memory by the megabyte, so no more at once than can be computed at once. */
  private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors());

  /** The accounts of the configuration. */
  public Accounts(List<UserConfig> users) {
    this.byName =
        users.stream()
            .collect(Collectors.toUnmodifiableMap(UserConfig::username, Function.identity()));
    this.bySubject =
        users.stream()
            .collect(Collectors.toUnmodifiableMap(UserConfig::subject, Function.identity()));
    this.nobody = nobody(users);
  }

  /** The person whose name and password these are. Takes about as long whether or not they are. */
  Optional<Subject> authenticate(String username, String password) {
    Optional<UserConfig> user = Optional.ofNullable(byName.get(username));
    boolean right = isOf(user.map(UserConfig::password).orElse(nobody), password);
    return user.filter(known -> right).map(UserConfig::subject);
  }

  private boolean isOf(PasswordHash hash, String password) {
    turns.acquireUninterruptibly();
    try {
      return Password.check(password, hash.phc())
          .with(Argon2Function.getInstanceFromHash(hash.phc()));
    } finally {
      turns.release();
    }
  }

  /** Whether the person has an account: one who lost it is logged in no longer. */
  boolean knows(Subject subject) {
    return bySubject.containsKey(subject);
  }

  /** The name to show for a person. */
  String displayName(Subject subject) {
    return Optional.ofNullable(bySubject.get(subject))
        .map(UserConfig::username)
        .orElse(subject.value());
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
