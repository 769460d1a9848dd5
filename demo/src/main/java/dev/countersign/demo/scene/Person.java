package dev.countersign.demo.scene;

import dev.countersign.protocol.oauth.Subject;

/**
 * A person with an account at the authorization server.
 *
 * @param username what is typed
 * @param subject who it is to clients and to the bank
 * @param name the person's full name
 * @param password a secret of the demonstration; not shown by {@link #toString}
 */
public record Person(String username, Subject subject, String name, String password) {

  /** The user name only. */
  @Override
  public String toString() {
    return "Person[" + username + "]";
  }
}
