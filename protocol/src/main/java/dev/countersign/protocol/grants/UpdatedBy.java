package dev.countersign.protocol.grants;

import dev.countersign.requirement.Enforces;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Who changed a grant last ({@code updated_by}). */
@Enforces({"GM-6.4-3"})
public enum UpdatedBy {
  /** The client, by a request that the person allowed. */
  CLIENT,
  /** The authorization server itself (GM-5.6.2-1). */
  AUTHORIZATION_SERVER;

  /** The value of the member. */
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whom this value means; empty if we do not know. */
  public static Optional<UpdatedBy> of(String value) {
    return Stream.of(values()).filter(one -> one.value().equals(value)).findFirst();
  }
}
