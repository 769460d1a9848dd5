package dev.countersign.requirement;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Whom a requirement binds. */
public enum Role {
  /** The authorization server. */
  AS("AS"),
  /** The resource server. */
  RS("RS"),
  /** The client. */
  CLIENT("client"),
  /** Every party of the protocol. */
  ALL("all"),
  /** Whoever issues what a status list speaks of; here the authorization server. */
  ISSUER("issuer"),
  /** Whoever serves the status list. */
  PROVIDER("provider"),
  /** The authorization server and the resource server. */
  SERVER("server"),
  /** A proxy that ends TLS in front of a server. */
  PROXY("proxy"),
  /** Whoever designs the API that is protected. */
  API_DESIGNER("API designer"),
  /** Whoever governs an ecosystem of servers and clients. */
  ECOSYSTEM("ecosystem");

  private final String label;

  Role(String label) {
    this.label = label;
  }

  /** The word the catalogue writes for this role. */
  public String label() {
    return label;
  }

  /** The role with this label; refuses any other word with {@link IllegalArgumentException}. */
  static Role of(String label) {
    return Arrays.stream(values())
        .filter(role -> role.label.equals(label))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("role \"" + label + "\" is none of " + labels()));
  }

  private static String labels() {
    return Arrays.stream(values()).map(Role::label).collect(Collectors.joining(", "));
  }
}
