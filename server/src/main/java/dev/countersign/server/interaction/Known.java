package dev.countersign.server.interaction;

import dev.countersign.protocol.grants.GrantAction;
import dev.countersign.server.details.Choice;
import dev.countersign.server.details.ConsentTemplate;
import dev.countersign.server.details.ConsentTemplates;
import dev.countersign.store.Grant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must be known, beside the request, to ask a person about details.
 *
 * @param templates how each type is explained
 * @param choices what the person can choose from, by name
 * @param existing what is to be changed by a yes; empty if that makes a new grant
 */
record Known(
    ConsentTemplates templates, Map<String, List<Choice>> choices, Optional<Existing> existing) {

  /** No type, no choice, no grant. */
  static final Known NOTHING = new Known(ConsentTemplate::ofUnknown, Map.of(), Optional.empty());

  /**
   * A grant that a yes adds to or replaces.
   *
   * @param action merge or replace
   * @param grant what is allowed so far
   */
  record Existing(GrantAction action, Grant grant) {}
}
