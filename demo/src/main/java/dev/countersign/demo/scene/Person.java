package dev.countersign.demo.scene;

import dev.countersign.protocol.oauth.Subject;
import dev.countersign.server.config.PasswordHash;

/**
 * A person with an account at the authorization server.
 *
 * @param username what is typed
 * @param subject who it is to clients and to the bank
 * @param name the person's full name
 * @param password a secret of the demonstration; not shown by {@link #toString}
 */
public record Person(String username, Subject subject, String name, String password) {
  private static final int LIGHT_KIB = 64;
  private static final int LIGHT_ROUNDS = 1;

  /** Light, so that nobody waits: the password is made for one run, and the hash stays in it. */
  public PasswordHash passwordHash() {
    return PasswordHash.of(password, LIGHT_KIB, LIGHT_ROUNDS);
  }

  /** The user name only. */
  @Override
  public String toString() {
    return "Person[" + username + "]";
  }
}
