package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes where clients register themselves. */
final class RegistrationMutants {
  private static final List<SeededMutant> REGISTERING =
      List.of(
          in(
              "server",
              "server.register.RegistrationEndpoint",
              "if (rules.isOpen() && request.headers().all(\"Authorization\").isEmpty()) {",
              "if (request.headers().all(\"Authorization\").isEmpty()) {",
              "DC-1"),
          in(
              "server",
              "server.register.RegistrationEndpoint",
              "if (!rules.admits(InitialAccessToken.parse(Bearer.token(request, \"DC-1\")))) {",
              "if (Bearer.token(request, \"DC-1\").isEmpty()) {",
              "DC-1"),
          in("server", "server.register.RegistrationEndpoint", "of(201,", "of(200,", "DC-1"),
          // The id that a client asks for: that of a user, or of another client.
          in(
              "server",
              "server.register.RegistrationEndpoint",
              "ClientId id = ClientId.random(random);",
              """
              ClientId id =
                  Sent.metadata(request).has("client_id")
                      ? new ClientId("u-anna")
                      : ClientId.random(random);\
              """,
              "DC-1",
              "SP-6.7"),
          in(
              "server",
              "server.register.Answers",
              ".put(\"registration_access_token\", token.reveal())",
              "",
              "DC-1"),
          in(
              "server",
              "server.register.Answers",
              ".put(\"registration_client_uri\", endpoint + \"/\" + registration.client().value())",
              ".put(\"registration_client_uri\", endpoint.toString())",
              "DC-1"),
          in(
              "server",
              "server.register.Answers",
              ".with(\"Cache-Control\", \"no-store\")",
              ".with(\"Cache-Control\", \"private\")",
              "DC-1"),
          in(
              "server",
              "server.register.Effective",
              ".put(\"scope\", client.scope().toString())",
              ".put(\"scope\", sent.string(\"scope\"))",
              "DC-1"),
          in(
              "server",
              "server.register.BearerErrors",
              "Challenge.of(SCHEME, \"error\", oauth.error().code())",
              "Challenge.of(SCHEME, \"realm\", \"registration\")",
              "DC-1",
              "DC-6"));

  private static final List<SeededMutant> METADATA =
      List.of(
          in(
              "server",
              "server.register.ClientMetadata",
              "? Refused.because(OAuthError.INVALID_REDIRECT_URI, member, fault)",
              "? Refused.because(OAuthError.INVALID_CLIENT_METADATA, member, fault)",
              "DC-2"),
          in(
              "server",
              "server.register.ClientMetadata",
              "return member.equals(REDIRECTS)",
              "return !member.isEmpty()",
              "DC-2"),
          // A statement of anybody, or that is for another server, or that is over.
          in(
              "server",
              "server.register.SoftwareStatements",
              "JsonObject claims = jose.verify(jws, keysOf(issuer, jws)).claims();",
              "JsonObject claims = jws.unverifiedClaims();",
              "DC-2"),
          in(
              "server",
              "server.register.SoftwareStatements",
              "StatementClaims.requireForUs(claims, self);",
              "",
              "DC-2"),
          in(
              "server",
              "server.register.SoftwareStatements",
              "StatementClaims.requireInTime(claims, issuer.maxAge(), now);",
              "",
              "DC-2"),
          in(
              "server",
              "server.register.SoftwareStatements",
              "if (statement.isEmpty() && rules.required()) {",
              "if (rules.required() && sent.names().isEmpty()) {",
              "DC-2"),
          // What the client says wins over what is said of it.
          in(
              "server",
              "server.register.SoftwareStatements",
              "return"
                  + " JsonObject.builder().putAll(sent.only(left)).putAll(claims.only(said)).build();",
              "return JsonObject.builder().putAll(claims.only(said)).putAll(sent).build();",
              "DC-3"),
          in(
              "server",
              "server.register.Refused",
              ".withDetail(member + \" \" + fault)",
              "",
              "DC-2"),
          // Keys by value win silently where a client sends both.
          in(
              "server",
              "server.register.ClientMetadata",
              ".putAll(withUsableKeys(sent.only(named(sent))))",
              """
              .putAll(
                      withUsableKeys(
                          sent.only(
                              named(sent).stream()
                                  .filter(name -> !name.equals("jwks_uri") || !sent.has("jwks"))
                                  .collect(java.util.stream.Collectors.toSet()))))\
              """,
              "DC-3"),
          in(
              "server",
              "server.register.Demands",
              ".allMatch(\"code\"::equals)",
              ".allMatch(type -> type.startsWith(\"code\"))",
              "DC-3"),
          in(
              "server",
              "server.register.Demands",
              "return \"https\".equals(uri.getScheme())",
              "return uri.getScheme() != null || \"https\".equals(uri.getScheme())",
              "DC-3"),
          in(
              "server",
              "server.register.ClientMetadata",
              "if (!rules.scope().tokens().containsAll(client.scope().tokens())) {",
              "if (client.scope().tokens().isEmpty()) {",
              "DC-5"));

  private static final List<SeededMutant> MANAGING =
      List.of(
          in(
              "server",
              "server.register.ClientConfigurationEndpoint",
              "requireOwnId(own, sent);",
              "",
              "DC-4"),
          in(
              "server",
              "server.register.ClientConfigurationEndpoint",
              "sent.string(\"client_id\").filter(own.client().value()::equals).isEmpty()",
              "!own.client().value().equals(sent.string(\"client_id\").orElse("
                  + "own.client().value()))",
              "DC-4"),
          in(
              "server",
              "server.register.ClientConfigurationEndpoint",
              "if (sent.has(name)) {",
              "if (sent.has(name) && !name.equals(\"client_secret\")) {",
              "DC-4"),
          in(
              "server",
              "server.register.StatementClaims",
              "if (then.string(SOFTWARE).orElse(\"\").isEmpty()) {",
              "if (then.string(\"iss\").isEmpty()) {",
              "DC-4"),
          // A replacement that keeps what it leaves out.
          in(
              "server",
              "server.register.ClientConfigurationEndpoint",
              "metadata.replace(own.client(), sent, own.metadata(), now).metadata();",
              """
              metadata
                      .replace(
                          own.client(),
                          JsonObject.builder()
                              .putAll(
                                  own.metadata()
                                      .only(
                                          own.metadata().names().stream()
                                              .filter(name -> !sent.has(name))
                                              .collect(java.util.stream.Collectors.toSet())))
                              .putAll(sent)
                              .build(),
                          own.metadata(),
                          now)
                      .metadata();\
              """,
              "DC-4"),
          in(
              "server",
              "server.register.ClientConfigurationEndpoint",
              "HttpResponse.empty(204)",
              "HttpResponse.empty(200)",
              "DC-4"),
          // The token of any client, or of none.
          in(
              "server",
              "server.register.ClientConfigurationEndpoint",
              ".filter(registration -> registration.accessToken().equals(token.digest()))",
              "",
              "DC-6"),
          // Who asks learns which ids there are.
          in(
              "server",
              "server.register.ClientConfigurationEndpoint",
              """
              return id(request)
                      .flatMap(registrations::findRegistration)
              """,
              """
              if (id(request).flatMap(registrations::findRegistration).isEmpty()) {
                    throw Refusal.http(404, "DC-6", "there is no such client").exception();
                  }
                  return id(request)
                      .flatMap(registrations::findRegistration)
              """,
              "DC-6"),
          in(
              "server",
              "server.register.BearerErrors",
              "? response.with(",
              "? HttpResponse.json(403, ErrorResponse.of(oauth).toJson()).with(",
              "DC-6"));

  private static final List<SeededMutant> KEEPING =
      Stream.of(
              in(
                  StoreMutants.KEEPER,
                  "store.sql.RegistrationRows",
                  "\"DELETE FROM grants WHERE client_id = ?\",",
                  "",
                  "DC-4"),
              in(
                  StoreMutants.KEEPER,
                  "store.sql.RegistrationRows",
                  "\"DELETE FROM access_tokens WHERE client_id = ? AND grant_id IS NULL\",",
                  "",
                  "DC-4"),
              in(
                  StoreMutants.KEEPER,
                  "store.sql.RegistrationRows",
                  "\"DELETE FROM pushed_requests WHERE client_id = ?\",",
                  "",
                  "DC-4"),
              in(
                  StoreMutants.KEEPER,
                  "store.sql.RegistrationRows",
                  "sql.update(REPLACE, metadata.toJson(), client.value());",
                  "",
                  "DC-4"),
              in(
                  StoreMutants.KEEPER,
                  "store.sql.RegistrationRows",
                  ".filter(kept -> kept.accessToken().equals(accessToken))",
                  "",
                  "DC-6"))
          .map(mutant -> mutant.noticedBy(StoreMutants.CONTRACT))
          .toList();

  static final List<SeededMutant> ALL =
      Stream.of(REGISTERING, METADATA, MANAGING, KEEPING).flatMap(List::stream).toList();

  private RegistrationMutants() {}
}
