package dev.countersign.demo.attacked;

import dev.countersign.client.BrowserSession;
import dev.countersign.client.FapiClient;
import dev.countersign.client.Tokens;
import dev.countersign.protocol.oauth.SecretDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The browser sessions of the application, the last 1,000 of them, in the memory of this process.
 * Safe for any number of threads.
 */
final class LuredSessions {
  private static final int MOST = 1_000;

  private final ReentrantLock lock = new ReentrantLock();

  /** The oldest first. */
  private final Map<SecretDigest, FapiClient> begun = new LinkedHashMap<>();

  /** The oldest first. */
  private final Map<SecretDigest, Login> logins = new LinkedHashMap<>();

  /**
   * Who is logged in.
   *
   * @param side by which server
   * @param client the one that takes these tokens
   */
  record Login(LuredApp.Side side, FapiClient client, Tokens tokens) {}

  /** Notes that a flow with the attacker's server began by this client. */
  void begin(BrowserSession session, FapiClient client) {
    lock.lock();
    try {
      put(begun, session, client);
    } finally {
      lock.unlock();
    }
  }

  /** The client by which the last flow with the attacker's server began. */
  Optional<FapiClient> begun(BrowserSession session) {
    lock.lock();
    try {
      return Optional.ofNullable(begun.get(session.digest()));
    } finally {
      lock.unlock();
    }
  }

  /** Lets the new session be the person's, and nothing be known of the one before. */
  void renew(BrowserSession before, BrowserSession fresh, Login login) {
    lock.lock();
    try {
      begun.remove(before.digest());
      logins.remove(before.digest());
      put(logins, fresh, login);
    } finally {
      lock.unlock();
    }
  }

  /** Who is logged in, in this session. */
  Optional<Login> login(BrowserSession session) {
    lock.lock();
    try {
      return Optional.ofNullable(logins.get(session.digest()));
    } finally {
      lock.unlock();
    }
  }

  private static <V> void put(Map<SecretDigest, V> to, BrowserSession session, V value) {
    to.put(session.digest(), value);
    if (to.size() > MOST) {
      to.remove(to.keySet().iterator().next());
    }
  }
}
