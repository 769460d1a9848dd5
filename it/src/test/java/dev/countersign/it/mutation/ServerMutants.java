package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes in the authorization server. */
final class ServerMutants {
  static final List<SeededMutant> ALL =
      List.of(
          in(
              "server",
              "server.dpop.Proofs",
              "return OnceKey.dpopProof(proof.jkt(), proof.jti(), proof.replayableUntil());",
              "return OnceKey.dpopProof(\n"
                  + "        proof.jkt(),\n"
                  + "        new dev.countersign.protocol.oauth.Jti(\n"
                  + "            String.valueOf(System.nanoTime())),\n"
                  + "        proof.replayableUntil());",
              "DP-15"));

  private ServerMutants() {}
}
