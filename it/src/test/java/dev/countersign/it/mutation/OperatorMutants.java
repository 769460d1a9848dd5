package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes in what an operator sees and ends. */
final class OperatorMutants {
  static final List<SeededMutant> ALL =
      List.of(
          in(
              "server",
              "server.operator.Asked",
              "person.isEmpty() && client.isEmpty()",
              "person.isEmpty() && client.isPresent()",
              "GM-6-1"),
          in(
              "server",
              "server.operator.OperatorGrantEndpoint",
              "return HttpResponse.empty(204);",
              "return HttpResponse.empty(200);",
              "GM-6.5-1"),
          in(
              "server",
              "server.operator.Unknown",
              "Refusal.http(404,",
              "Refusal.http(400,",
              "GM-6.6-1"),
          in(
              "server",
              "server.operator.OperatorAccess",
              ".filter(client -> client.scope().contains(RegisteredClient.OPERATOR_SCOPE))",
              "",
              "SP-5.3.4-3"),
          in(
              "server",
              "server.issue.OwnRequests",
              ".ifPresent(proof -> Replays.useUp(onceKeys, Set.of(Proofs.onceKey(proof)), now));",
              ".isPresent();",
              "DP-15"));

  private OperatorMutants() {}
}
