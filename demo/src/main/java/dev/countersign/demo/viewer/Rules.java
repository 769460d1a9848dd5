package dev.countersign.demo.viewer;

import dev.countersign.demo.story.Sight;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Catalogue;
import dev.countersign.requirement.CatalogueEntry;
import dev.countersign.requirement.RequirementId;
import java.util.List;

/** Requirements in words: those seen to be met in a message, and the one that refused it. */
final class Rules {
  private final Catalogue catalogue;

  Rules(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** What is seen to be met. */
  List<JsonObject> met(List<Sight> sights) {
    return sights.stream()
        .map(sight -> rule(sight.id()).put("seen", sight.what()).build())
        .toList();
  }

  /** Why a message was refused, as the refusing party itself says. */
  JsonObject refused(Refusal refusal) {
    return rule(refusal.rule()).put("says", refusal.description()).build();
  }

  private JsonObject.Builder rule(RequirementId id) {
    return JsonObject.builder()
        .put("id", id.value())
        .put("text", catalogue.find(id).map(CatalogueEntry::text))
        .put("document", catalogue.find(id).map(CatalogueEntry::document));
  }
}
