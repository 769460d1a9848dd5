package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes about calls of APIs that are signed in both directions. */
final class SignedCallMutants {
  static final List<SeededMutant> ALL =
      List.of(
          // A payment is sent a second time because somebody in between says so.
          in(
              "client",
              "client.SignedCall",
              "return ASKING.contains(method);",
              "return true;",
              "ATT-64"),
          in(
              "client",
              "client.SignedCall",
              "      verified(demand);\n      return true;",
              "      if (demand.status() != 401) {\n        verified(demand);\n      }\n"
                  + "      return true;",
              "ATT-64"));

  private SignedCallMutants() {}
}
