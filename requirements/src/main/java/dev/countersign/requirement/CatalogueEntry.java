package dev.countersign.requirement;

import java.util.List;
import java.util.Optional;

/**
 * One row of the catalogue.
 *
 * @param id the name of the requirement in code, tests and log lines
 * @param document the specification, or the part of ours, that the row belongs to
 * @param roles whom it binds; empty where the row describes the wire for whoever meets it
 * @param level how strongly, and when
 * @param kind what the row is
 * @param text the requirement in our own words, plain text on one line
 * @param source where it is written: section and item, and for some the module of the OpenID
 *     Foundation's conformance suite ("OIDF") that looks at it
 * @param planned the part of the product the requirement still waits for; empty when it waits for
 *     none
 */
public record CatalogueEntry(
    RequirementId id,
    String document,
    List<Role> roles,
    Level level,
    Kind kind,
    String text,
    String source,
    Optional<String> planned) {

  /** Refuses an empty text, document or source with {@link IllegalArgumentException}. */
  public CatalogueEntry {
    roles = List.copyOf(roles);
    requireText("document", document);
    requireText("text", text);
    requireText("source", source);
    planned.ifPresent(part -> requireText("planned", part));
  }

  private static void requireText(String component, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(component + " is empty");
    }
  }
}
