package dev.countersign.protocol.grants;

import dev.countersign.requirement.Enforces;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What shall become of a grant when the person says yes ({@code grant_management_action}). */
@Enforces({"GM-5.2-2"})
public enum GrantAction {
  /** A fresh grant, also if there is one for the same person and client (GM-5.2-3). */
  CREATE,
  /** What is allowed now is added to the grant (GM-5.2-4). */
  MERGE,
  /** The grant is afterwards only what is allowed now (GM-5.2-5). */
  REPLACE;

  /** The value of the parameter. */
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The action of this value; empty if there is none. The names of older drafts are none. */
  public static Optional<GrantAction> of(String value) {
    return Stream.of(values()).filter(action -> action.value().equals(value)).findFirst();
  }
}
