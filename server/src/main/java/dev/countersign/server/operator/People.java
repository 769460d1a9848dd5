package dev.countersign.server.operator;

import dev.countersign.protocol.oauth.Subject;
import java.util.Optional;

/** Who the accounts belong to, by the names that operators know. */
public interface People {

  /**
   * The person of whom an operator speaks: by {@code sub}, also of an account that is gone, or by
   * the name that they log in with. An account whose {@code sub} it is comes first.
   *
   * @throws IllegalArgumentException if it can be neither
   */
  Subject named(String subOrUsername);

  /** The name that a person logs in with; empty if the account is gone. */
  Optional<String> username(Subject person);
}
