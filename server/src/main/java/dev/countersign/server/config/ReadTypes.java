package dev.countersign.server.config;

import dev.countersign.server.details.DetailTypes;
import java.util.Optional;

/**
 * What was read of the types of authorization details.
 *
 * @param types those that are right
 * @param complete whether all of them are; if not, any name may be that of one that is wrong
 */
record ReadTypes(DetailTypes types, boolean complete) {

  /** Of a server that has none. */
  static final ReadTypes NONE = new ReadTypes(DetailTypes.NONE, true);

  /** What is wrong with a name of a type, if it is certain. */
  Optional<String> fault(String name) {
    if (!complete || types.names().contains(name)) {
      return Optional.empty();
    }
    return Optional.of(
        types.names().isEmpty()
            ? "'%s' is no type: '%s' at the top of the configuration lists none"
                .formatted(name, DetailTypesReader.KEY)
            : "'%s' is no type; there are: %s".formatted(name, String.join(", ", types.names())));
  }
}
