package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes in single messages of a kind that PIT does not make. */
final class ProtocolMutants {
  static final List<SeededMutant> ALL =
      List.of(
          in(
              "protocol",
              "protocol.http.EndUserPresent",
              "default -> throw new RefusalException(MALFORMED);",
              "default -> new EndUserPresent(false);",
              "IA-2.2.2-3"),
          in(
              "protocol",
              "protocol.oauth.RequestUri",
              "new RequestUri(PREFIX + randomValue(random));",
              "new RequestUri(PREFIX + randomValue(random).substring(0, 20));",
              "PAR-6"),
          in(
              "protocol",
              "protocol.oauth.Nonce",
              "Characters.require(\"Nonce\", value, 64,",
              "Characters.require(\"Nonce\", value, 255,",
              "SP-5.3.2.2-14"));

  private ProtocolMutants() {}
}
