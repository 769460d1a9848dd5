package dev.countersign.server.config;

import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.text.LocalText;
import java.util.List;
import java.util.Optional;

/** The keys of {@code grant_management}, and the scopes that come with them. */
final class GrantManagementReader {
  private static final String TRUE = "true";
  private static final String FALSE = "false";

  private GrantManagementReader() {}

  @Enforces({"GM-7.1-3"})
  static Optional<GrantManagementConfig> read(Section section) {
    Optional<Boolean> enabled =
        section.orElse(
            "enabled",
            Kinds.bool(true),
            FALSE,
            "Whether clients may say what shall become of which grant, and may query and revoke"
                + " their grants at `/grants`. While this is false, such parameters are ignored as"
                + " all are that nobody knows. The draft may change; so may what this does.");
    Optional<Boolean> required =
        section.orElse(
            "action_required",
            Kinds.bool(true),
            FALSE,
            "Whether every authorization request must have a `grant_management_action`.");
    boolean contradiction = required.orElse(false) && enabled.isPresent() && !enabled.get();
    if (contradiction) {
      section.problem("action_required", "needs enabled: true beside it", TRUE);
    }
    return section.finish(
        () ->
            new GrantManagementConfig(
                enabled.orElseThrow(), required.orElseThrow() && enabled.orElseThrow()));
  }

  /** The scopes of the API, which are always there while it is; empty while it is not. */
  @Enforces({"GM-6.1-1"})
  static List<ScopeConfig> scopes(Optional<GrantManagementConfig> config) {
    return config.filter(GrantManagementConfig::enabled).isPresent()
        ? List.of(
            scope(GrantResource.QUERY_SCOPE, "See the grants that it has"),
            scope(GrantResource.REVOKE_SCOPE, "End grants that it has"))
        : List.of();
  }

  // A scope has a description, though no page has these: clients get them for themselves alone.
  private static ScopeConfig scope(String name, String description) {
    return new ScopeConfig(name, LocalText.of(description), List.of());
  }
}
