package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes where answers of introspection are signed, asked for and verified. */
final class SignedIntrospectionMutants {
  private static final String ENDPOINT = "server.introspect.IntrospectionEndpoint";
  private static final String JWT = "protocol.introspection.IntrospectionJwt";
  private static final String ASKING = "resource.Introspection";

  private static final List<SeededMutant> ANSWERING =
      List.of(
          // Plain JSON for who must not take it.
          in(
              "server",
              ENDPOINT,
              "if (resourceServer.messageSigning().introspection() && !signed) {",
              "if (resourceServer.messageSigning().requests() && !signed) {",
              "MS-5.5.2-1",
              "9701-1"),
          // That a token is over is told without a signature.
          in(
              "server",
              ENDPOINT,
              "    return signed\n        ? HttpResponse.of(",
              "    return signed && answer instanceof IntrospectionResponse.Active\n"
                  + "        ? HttpResponse.of(",
              "MS-5.5.1-1",
              "9701-3"),
          in(
              "server",
              "server.introspect.SignedAnswers",
              "resourceServer.messageSigning().introspectionAlgorithm().orElse(algorithm);",
              "algorithm;",
              "9701-9"),
          in(
              "server",
              "server.introspect.IntrospectionErrors",
              "HttpResponse.json(400,",
              "HttpResponse.json(401,",
              "9701-2"),
          in(
              "server",
              "server.introspect.IntrospectionErrors",
              "&& IntrospectionJwt.isAskedFor(request.headers())",
              "&& !request.headers().all(\"Content-Type\").isEmpty()",
              "IN-1"),
          // Clients may ask, too.
          in(
              "server",
              "server.Wiring",
              "new Clients(config.resourceServers()),",
              """
              new Clients(
                  Stream.concat(config.resourceServers().stream(), config.clients().stream())
                      .toList()),\
              """,
              "MS-6.2",
              "9701-2",
              "ATT-54"),
          // A resource server is a client everywhere.
          in(
              "server",
              "server.Wiring",
              "            config.clients(),\n",
              """
                          Stream.concat(config.clients().stream(), config.resourceServers().stream())
                              .toList(),
              """,
              "9701-10"),
          // What stands elsewhere is told of here.
          in(
              "server",
              "server.issue.TokenStanding",
              "return own.isEmpty() || !stands(token, now)",
              "return !stands(token, now)",
              "9701-5",
              "ATT-54"));

  private static final List<SeededMutant> SIGNING =
      List.of(
          in(
                  "protocol",
                  JWT,
                  "TYPE = \"token-introspection+jwt\";",
                  "TYPE = \"JWT\";",
                  "MS-5.5.1-1",
                  "9701-3")
              .noticedBy("server"),
          in(
                  "protocol",
                  JWT,
                  ".put(\"iat\", now.getEpochSecond())",
                  ".put(\"iat\", now.getEpochSecond() + 1)",
                  "9701-4")
              .noticedBy("server"),
          // As an access token has it.
          in(
                  "protocol",
                  JWT,
                  ".put(\"aud\", audience.value())",
                  ".put(\"aud\", audience.value()).put(\"exp\", now.getEpochSecond() + 60)",
                  "9701-6")
              .noticedBy("server"),
          in(
                  "protocol",
                  "protocol.accesstoken.AccessTokenVerifier",
                  "if (!jws.type().equals(Optional.of(AccessTokenClaims.TYPE))) {",
                  "if (jws.type().filter(type -> type.endsWith(\"+jwt\")).isEmpty()) {",
                  "9701-8",
                  "ATT-63",
                  "J-13")
              .noticedBy("server"),
          in(
                  "protocol",
                  "protocol.accesstoken.AccessTokenVerifier",
                  "if (!jws.type().equals(Optional.of(AccessTokenClaims.TYPE))) {",
                  "if (jws.type().isEmpty()) {",
                  "9701-8",
                  "ATT-63")
              .noticedBy("resource"));

  private static final List<SeededMutant> TAKING =
      List.of(
          // What was told without a signature.
          in(
              "resource",
              ASKING,
              "Optional.of(how), cache.empty());",
              "Optional.of(how), cache);",
              "MS-5.5.2-1",
              "MS-5.5.2-2"),
          in(
              "resource",
              ASKING,
              "signed.isPresent() ? IntrospectionJwt.MEDIA_TYPE : JSON)",
              "signed.isPresent() ? JSON + \", \" + IntrospectionJwt.MEDIA_TYPE : JSON)",
              "MS-5.5.2-1",
              "9701-1"),
          // Downgraded by whoever answers.
          in(
              "resource",
              ASKING,
              "      return signed.isPresent()\n",
              "      return signed.isPresent() && answer.body()[0] != '{'\n",
              "MS-5.5.2-2"),
          in(
              "resource",
              ASKING,
              "only != jwt.algorithm())",
              "only != jwt.algorithm() && jwt.kid().isEmpty())",
              "9701-9"),
          in(
                  "protocol",
                  JWT,
                  "if (!jwt.type().equals(Optional.of(TYPE))) {",
                  "if (jwt.type().isEmpty()) {",
                  "J-13",
                  "9701-3")
              .noticedBy("resource"),
          in(
                  "protocol",
                  JWT,
                  "if (!claims.audience().contains(self.value())) {",
                  "if (claims.audience().isEmpty()) {",
                  "MS-5.5.2-2",
                  "IN-3")
              .noticedBy("resource"),
          in(
                  "protocol",
                  JWT,
                  "JsonObject json = jose.verify(jwt, keys).claims();",
                  "JsonObject json = jwt.unverifiedClaims();",
                  "MS-5.5.2-2")
              .noticedBy("resource"),
          // Kept before anybody knows that the issuer said it.
          in(
              "resource",
              ASKING,
              "JwkSet.of(keys.select(jwt.algorithm(), jwt.kid())), token.digest(), now));",
              "JwkSet.of(java.util.List.of()), token.digest(), now));",
              "MS-7"));

  static final List<SeededMutant> ALL =
      Stream.of(ANSWERING, SIGNING, TAKING).flatMap(List::stream).toList();

  private SignedIntrospectionMutants() {}
}
