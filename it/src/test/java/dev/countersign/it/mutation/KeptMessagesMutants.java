package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes in what is kept of clients: their signed requests, and what they registered. */
final class KeptMessagesMutants {
  static final List<SeededMutant> ALL =
      List.of(
          // A client cannot take back what it said of itself.
          in(
              "server",
              "server.register.Sent",
              ".filter(name -> !all.isNull(name))",
              ".filter(name -> true)",
              "DC-4"),
          in(
              "server",
              "server.par.PushEndpoint",
              "    opened.signed().ifPresent(signed -> keep(signed, pushed, now, log));\n",
              "",
              "MS-NR1",
              "MS-7"),
          // Nobody could verify it once the client has other keys.
          in(
              "server",
              "server.par.RequestFile",
              ".put(\"jwks\", request.keys().toJson())",
              "",
              "MS-NR1"),
          // Anybody on the machine reads what people are asked to allow.
          in("server", "server.par.RequestFile", "\"rw-------\"", "\"rw-r--r--\"", "MS-7"),
          in(
              "server",
              "server.config.KeptFile",
              "      refuseIfOpenToOthers(file);\n",
              "",
              "MS-7"));

  private KeptMessagesMutants() {}
}
