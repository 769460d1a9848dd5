package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes in what is asked of authorization details and their types. */
final class DetailsMutants {
  static final List<SeededMutant> ALL =
      List.of(
          in(
              "server",
              "server.details.ClosedSchema",
              "closed.put(\"unevaluatedProperties\", false);",
              "",
              "RAR-5-1"),
          in(
              "server",
              "server.details.DetailTypes",
              "if (!allowed.containsAll(locations(detail, place))) {",
              "if (false && !allowed.containsAll(locations(detail, place))) {",
              "RAR-5-1"),
          in(
              "server",
              "server.details.DetailSchema",
              ".formatAssertionsEnabled(true)",
              ".formatAssertionsEnabled(false)",
              "RAR-5-1"),
          in(
              "server",
              "server.metadata.ServerMetadata",
              ".authorizationDetailsTypes(config.detailTypes().names())",
              "",
              "RAR-10-1"),
          in(
              "server",
              "server.operator.GrantJson",
              "types.redacted(grant.details()).member()",
              "grant.details().member()",
              "RAR-13"));

  private DetailsMutants() {}
}
