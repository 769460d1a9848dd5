package dev.countersign.store;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Subject;
import java.util.Optional;

/**
 * Which grants are wanted. At least one of the two is there: nobody looks through all of them.
 *
 * @param person given by this person
 * @param client given to this client
 */
public record GrantFilter(Optional<Subject> person, Optional<ClientId> client) {

  /** Refuses a filter that lets all through. */
  public GrantFilter {
    if (person.isEmpty() && client.isEmpty()) {
      throw new IllegalArgumentException("GrantFilter must name a person or a client");
    }
  }

  /** All that a person gave. */
  public static GrantFilter of(Subject person) {
    return new GrantFilter(Optional.of(person), Optional.empty());
  }

  /** All that was given to a client. */
  public static GrantFilter of(ClientId client) {
    return new GrantFilter(Optional.empty(), Optional.of(client));
  }
}
