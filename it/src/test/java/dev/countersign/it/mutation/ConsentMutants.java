package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes in what people are shown of authorization details, and in what they choose. */
final class ConsentMutants {
  static final List<SeededMutant> ALL =
      List.of(
          in(
              "server",
              "server.details.Explainer",
              "rows.addAll(new Leftovers(shown).of(detail));",
              "",
              "RAR-3.1-1"),
          in(
              "server",
              "server.details.Explainer",
              "JsonObject detail = template.told(object);",
              "JsonObject detail = object;",
              "RAR-3.1-1"),
          in(
              "server",
              "server.interaction.Asks",
              ".put(\"existing\", existing.map(Asks::text))",
              "",
              "A1-33"),
          in("server", "server.details.RulePlaces", "texts(\"personal\", all);", "", "RAR-13"),
          in(
              "server",
              "server.details.ConsentReader",
              "if (!shown.contains(member) && ",
              "if (false && !shown.contains(member) && ",
              "RAR-3.1-1"),
          in(
              "server",
              "server.interaction.Dispatcher",
              "permitted.request().authorizationDetails().isEmpty()",
              "true",
              "RAR-3.1-1"),
          in(
              "server",
              "server.details.Explainer",
              "return new Value(VisibleText.of(value.text()), value.exact());",
              "return value;",
              "RAR-12-3"),
          in(
              "server",
              "server.interaction.Picks",
              "if (!unread.isEmpty()) {",
              "if (false && !unread.isEmpty()) {",
              "RAR-7.1-1"),
          in(
              "server",
              "server.details.Offer",
              "named.isEmpty() || named.stream()",
              "true || named.stream()",
              "RAR-7.1-1"),
          in(
              "server",
              "server.details.Choice",
              "return \"Choice\";",
              "return \"Choice\" + value.toJson();",
              "RAR-13"));

  private ConsentMutants() {}
}
