package dev.countersign.server.interaction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.server.config.LoginConfig;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Slows down the guessing of passwords: counts failed logins, and nothing but those, by username
 * and by address. A username counts whether or not there is such an account, so that nobody learns
 * which there are. Safe for any number of threads.
 *
 * <p>A try counts as failed from its beginning until it is known to be right: as many tries at once
 * as you like are no way around.
 *
 * <p>Names and addresses are kept as digests under a key of this process only: a person may type a
 * password into the wrong field. Each of the two tables holds a bounded number of entries. When one
 * is full, the entry is given up that was touched least often of late, so that a flood of new names
 * drives out itself and not the name that is under attack. A name that is given up starts from
 * zero.
 *
 * <p>The address is the peer's, or whom a trusted proxy names. Behind a proxy that is not trusted
 * everybody shares one: then the count by address has to be {@code none}.
 */
public final class LoginThrottle {
  private static final int MOST_ENTRIES = 50_000;
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final int MOST_DOUBLINGS = 4;
  private static final int NETWORK_BYTES = 8;

  private final LoginConfig config;
  private final String key;
  private final ReentrantLock lock = new ReentrantLock();
  private final Cache<SecretDigest, Failures> accounts;
  private final Cache<SecretDigest, Failures> addresses;

  /** Nothing has failed yet. */
  public LoginThrottle(LoginConfig config, SecureRandom random) {
    this(config, random, MOST_ENTRIES);
  }

  LoginThrottle(LoginConfig config, SecureRandom random, int mostEntries) {
    this.config = config;
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    this.key = HexFormat.of().formatHex(bytes);
    this.accounts = table(mostEntries);
    this.addresses = table(mostEntries);
  }

  private static Cache<SecretDigest, Failures> table(int mostEntries) {
    // On the caller's thread: what is over the bound is gone when a call returns.
    return Caffeine.newBuilder().maximumSize(mostEntries).executor(Runnable::run).build();
  }

  /**
   * Failures of one name or address.
   *
   * @param count how many, one at least
   * @param at when the last one of an account was; when the first one of an address was
   * @param before the same, had there not been the last one
   */
  private record Failures(int count, Instant at, Instant before) {
    Failures withoutLast() {
      return new Failures(count - 1, before, before);
    }
  }

  /**
   * Begins a try, which counts as failed until {@link #succeeded} or {@link #withdrawn}.
   *
   * @param address the numeric address of the person
   * @return how long to wait instead, rounded up to whole seconds; empty: the password may be
   *     looked at
   */
  Optional<Duration> begin(String username, String address, Instant now) {
    SecretDigest account = account(username);
    SecretDigest network = network(address);
    lock.lock();
    try {
      // Looked up once: how often an entry is touched decides whether it stays.
      Optional<Failures> ofAccount = accountFailures(account, now);
      Optional<Failures> ofNetwork = addressFailures(network, now);
      Duration wait = longer(accountWait(ofAccount, now), addressWait(ofNetwork, now));
      if (wait.isPositive()) {
        return Optional.of(Duration.ofSeconds(wait.plusNanos(999_999_999).toSeconds()));
      }
      Instant last = ofAccount.map(Failures::at).orElse(now);
      accounts.put(account, new Failures(count(ofAccount) + 1, now, last));
      Instant first = ofNetwork.map(Failures::at).orElse(now);
      addresses.put(network, new Failures(count(ofNetwork) + 1, first, first));
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** The password was right: the account starts afresh, the address had one failure less. */
  void succeeded(String username, String address) {
    lock.lock();
    try {
      accounts.invalidate(account(username));
      oneLess(addresses, network(address));
    } finally {
      lock.unlock();
    }
  }

  /** The password was not looked at: the try did not count, and no wait begins with it. */
  void withdrawn(String username, String address) {
    lock.lock();
    try {
      oneLess(accounts, account(username));
      oneLess(addresses, network(address));
    } finally {
      lock.unlock();
    }
  }

  private static void oneLess(Cache<SecretDigest, Failures> table, SecretDigest entry) {
    Optional<Failures> failures = Optional.ofNullable(table.getIfPresent(entry));
    failures
        .filter(found -> found.count() > 1)
        .ifPresentOrElse(
            found -> table.put(entry, found.withoutLast()), () -> table.invalidate(entry));
  }

  private Duration accountWait(Optional<Failures> failures, Instant now) {
    return failures
        .map(known -> Duration.between(now, known.at().plus(pause(known.count()))))
        .orElse(Duration.ZERO);
  }

  private Duration addressWait(Optional<Failures> failures, Instant now) {
    return failures
        .filter(known -> config.failuresPerAddress().filter(m -> known.count() >= m).isPresent())
        .map(known -> Duration.between(now, known.at().plus(config.window())))
        .orElse(Duration.ZERO);
  }

  /** What an account still has against it: a failure is forgotten a window after its pause. */
  private Optional<Failures> accountFailures(SecretDigest account, Instant now) {
    return Optional.ofNullable(accounts.getIfPresent(account))
        .filter(found -> found.at().plus(pause(found.count())).plus(config.window()).isAfter(now));
  }

  private Optional<Failures> addressFailures(SecretDigest network, Instant now) {
    return Optional.ofNullable(addresses.getIfPresent(network))
        .filter(found -> found.at().plus(config.window()).isAfter(now));
  }

  /** None below the bound; at it one minute, then double with each failure. */
  private Duration pause(int failures) {
    int over = failures - config.failuresPerAccount();
    if (over < 0) {
      return Duration.ZERO;
    }
    Duration pause = FIRST_WAIT.multipliedBy(1L << Math.min(over, MOST_DOUBLINGS));
    return pause.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : pause;
  }

  private static int count(Optional<Failures> failures) {
    return failures.map(Failures::count).orElse(0);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private SecretDigest account(String username) {
    return SecretDigest.of(key + ":account:" + username);
  }

  /** An IPv6 address counts by its first 64 bits: the rest is its owner's to choose. */
  private SecretDigest network(String address) {
    int zone = address.indexOf('%');
    String numeric = zone < 0 ? address : address.substring(0, zone);
    InetAddress parsed = InetAddress.ofLiteral(numeric);
    byte[] bytes = parsed.getAddress();
    byte[] counted = parsed instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes;
    return SecretDigest.of(key + ":address:" + HexFormat.of().formatHex(counted));
  }
}
