package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes in the client library. */
final class ClientMutants {
  static final List<SeededMutant> ALL =
      List.of(
          // No proof where tokens are to be bound.
          in(
              "client",
              "client.TokenCalls",
              "\"token_endpoint\", documents.endpoints().token(), OK, true)",
              "\"token_endpoint\", documents.endpoints().token(), OK, false)",
              "SP-5.3.3.1-1"),
          // A hint taken for the address of the person's server.
          in(
              "client",
              "client.CodeFlow",
              "return AuthorizationUrl.of(authorization,",
              "return AuthorizationUrl.of(request.loginHint().filter(hint -> hint.startsWith("
                  + "\"https:\")).map(URI::create).orElse(authorization),",
              "SP-5.3.3.1-4"),
          in(
              "client",
              "client.AuthorizationUrl",
              ".add(\"client_id\", clientId.value())",
              ".add(\"client_id\", clientId.value()).add(\"response_type\", \"code\")",
              "SP-5.3.3.2-6",
              "PAR-10"),
          in(
              "client",
              "client.TokenCalls",
              "new Refreshed(answer, answer.refreshToken().orElse(newest)), answer",
              "new Refreshed(answer, newest), answer",
              "SP-5.3.3.1-6"),
          in(
              "client",
              "client.Endpoints",
              "return named(name, alias.or(() -> endpoint));",
              "return named(name, endpoint);",
              "SP-5.3.3.1-7"),
          in(
              "client",
              "client.Endpoints",
              "return aliases ? alias : Optional.empty();",
              "return Optional.empty();",
              "SP-5.2.2.1-3"),
          in(
              "client",
              "client.DpopSender",
              "return again ? attempt(call) : first;",
              "return first;",
              "SP-5.3.3.1-8"),
          in(
              "client",
              "client.FapiClient",
              "return new FapiClientBuilder(issuer, clientId, authentication);",
              "return new FapiClientBuilder("
                  + "new Issuer(issuer.value() + \"/\"), clientId, authentication);",
              "SP-5.3.3.1-10"),
          in(
              "client",
              "client.CodeFlow",
              "endpoints.pushedAuthorizationRequest(),",
              "URI.create(settings.issuer().uri() + \"/par\"),",
              "SP-5.3.3.1-9"),
          in(
              "client",
              "client.BrowserSession",
              "if (!MessageDigest.isEqual(expected, presented.getBytes(UTF_8))) {",
              "if (presented.isEmpty()) {",
              "SP-5.3.3.1-12"),
          in(
              "client",
              "client.CodeFlow",
              "private static final int CREATED = 201;",
              "private static final int CREATED = 200;",
              "SP-5.3.3.2-2"),
          in(
              "client",
              "client.CodeFlow",
              "CodeVerifier.random(random),",
              """
              CodeVerifier.random(
                          new SecureRandom() {
                            @Override
                            public void nextBytes(byte[] bytes) {}
                          }),\
              """,
              "SP-5.3.3.2-4"),
          in(
              "client",
              "client.InMemoryTransactionStore",
              "return forget(new Key(issuer, session, state))",
              "return Optional.ofNullable(transactions.get(new Key(issuer, session, state)))",
              "SP-5.3.3.2-4"),
          // The state alone taken for enough.
          in(
              "client",
              "client.InMemoryTransactionStore",
              "return forget(new Key(issuer, session, state))",
              "return transactions.keySet().stream().filter(key -> key.state().equals(state))"
                  + ".findFirst().flatMap(this::forget)",
              "BCP-2.1-2",
              "SP-5.3.3.2-4"),
          in(
              "client",
              "client.AuthorizationAnswers",
              "if (!response.iss().equals(issuer)) {",
              "if (response.iss().value().isEmpty()) {",
              "BCP-2.1-3"),
          in(
              "client",
              "client.CallContext",
              ".setHeader(FapiInteractionId.HEADER, interactionId.value())",
              "",
              "IA-2.2.1-1"),
          in(
              "client",
              "client.CallContext",
              ".setHeader(EndUserPresent.HEADER, endUserPresent.toHeader())",
              "",
              "IA-2.2.2-1"),
          in(
              "client",
              "client.LoggedExchange",
              "log.info(line, request.method(), host, answer.status(), interaction);",
              "log.info(line, request.method(), host, answer.status(), \"\");",
              "IA-2.2.1-3"),
          in(
              "client",
              "client.AuthorizationServer",
              ": form.add(\"client_id\", clientId.value()).build();",
              ": form.build();",
              "MT-1"),
          in(
              "client",
              "client.ResourceCalls",
              "if (!claims.string(\"sub\").equals(Optional.of(expected.value()))) {",
              "if (claims.string(\"sub\").isEmpty()) {",
              "OA-12"),
          in(
              "client",
              "client.Revocation",
              ".map(refreshTokens::newest)",
              ".filter(token -> false)",
              "RV-2"),
          // What is not pushed would have to be sent some other way, or not at all.
          in(
              "client",
              "client.CodeFlow",
              ".authorizationDetails(request.authorizationDetails());",
              ";",
              "RAR-12-1"),
          // TLS taken for enough: any key has signed.
          in(
                  "protocol",
                  "protocol.jose.Jose",
                  "return verifier(key).verify(jws.signingInput(), jws.signature());",
                  "return true;",
                  "MS-5.6.2-1")
              .noticedBy("client"));

  private ClientMutants() {}
}
