package dev.countersign.it.traceability;

import dev.countersign.requirement.CatalogueEntry;
import dev.countersign.requirement.RequirementId;
import dev.countersign.requirement.Role;
import java.util.ArrayList;
import java.util.List;

/** What the repository owes to an entry of the catalogue. */
enum Duty {
  CODE_AND_TEST,
  TEST,
  NOTHING;

  static Duty of(CatalogueEntry entry) {
    return switch (entry.kind()) {
      case RULE -> entry.level().isMandatory() && bindsUs(entry) ? CODE_AND_TEST : NOTHING;
      case VECTOR, ATTACK -> TEST;
      case FACT, NOTE -> NOTHING;
    };
  }

  /** The annotations that are owed and stand nowhere; empty when the entry is met. */
  List<String> missing(RequirementId id, Traces traces) {
    List<String> missing = new ArrayList<>();
    if (this == CODE_AND_TEST && traces.enforcing(id).isEmpty()) {
      missing.add("@Enforces in main code");
    }
    if (this != NOTHING && traces.showing(id).isEmpty()) {
      missing.add("@Requirement on a test");
    }
    return List.copyOf(missing);
  }

  private static boolean bindsUs(CatalogueEntry entry) {
    return entry.roles().isEmpty() || entry.roles().stream().anyMatch(Duty::isOurs);
  }

  private static boolean isOurs(Role role) {
    return switch (role) {
      // A proxy, because the gateway is one.
      case AS, RS, CLIENT, ALL, ISSUER, PROVIDER, SERVER, PROXY -> true;
      case API_DESIGNER, ECOSYSTEM -> false;
    };
  }
}
