package dev.countersign.cli.check;

import dev.countersign.server.config.Config;
import dev.countersign.server.details.DetailTypes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A look at what people can choose from. */
final class ChoicesLook {
  private ChoicesLook() {}

  /** The types of authorization details that nobody can allow, a sentence each. */
  static List<String> warnings(Config config) {
    Set<String> there =
        config.users().stream()
            .flatMap(user -> user.choices().entrySet().stream())
            .filter(choice -> !choice.getValue().isEmpty())
            .map(choice -> choice.getKey())
            .collect(Collectors.toUnmodifiableSet());
    DetailTypes types = config.detailTypes();
    return types.names().stream()
        .flatMap(
            name ->
                types.consent(name).choose().stream()
                    .filter(choose -> !there.contains(choose.from()))
                    .map(choose -> sentence(name, choose.from())))
        .toList();
  }

  private static String sentence(String type, String from) {
    return "authorization_details_types: nobody can allow "
        + type
        + ", because no user has anything under choices."
        + from;
  }
}
