package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes in the authorization server. */
final class ServerMutants {
  private static final List<SeededMutant> ANSWERS =
      List.of(
          in(
              "server",
              "server.refusal.RequestEdge",
              ".with(\"Strict-Transport-Security\", HSTS)",
              "",
              "SP-5.2.3-1"),
          in(
              "server",
              "server.refusal.AlwaysHeaders",
              ".with(\"X-Frame-Options\", \"DENY\")",
              ".with(\"X-Frame-Options\", \"DENY\").with(\"Access-Control-Allow-Origin\", \"*\")",
              "SP-5.2.3-3",
              "BCP-2.6-2"),
          in(
              "server",
              "server.browser.Pages",
              "frame-ancestors\"\n          + \" 'none'",
              "frame-ancestors\"\n          + \" *",
              "BCP-4.16"),
          in(
              "server",
              "server.authorize.ResponseModes",
              "case QUERY -> HttpResponse.redirect303(response.redirectTo(to));",
              "case QUERY -> HttpResponse.empty(307).with(\"Location\","
                  + " response.redirectTo(to).toASCIIString());",
              "SP-5.3.2.2-10",
              "BCP-4.12"),
          in(
              "server",
              "server.refusal.RouteMap",
              """
              return new Match.WrongMethod(
                      byMethod.values().iterator().next(), new TreeSet<>(byMethod.keySet()));\
              """,
              "return new Match.Found(byMethod.values().iterator().next());",
              "PAR-1"),
          in(
              "server",
              "server.par.PushEndpoint",
              "return HttpResponse.json(201,",
              "return HttpResponse.json(200,",
              "SP-5.3.2.2-2",
              "PAR-1"),
          in(
              "server",
              "server.refusal.LogLine",
              "fields.put(\"interaction_id\", id.value());",
              "",
              "IA-2.2.1-3"),
          in(
              "server",
              "server.dpop.Proofs",
              "return OnceKey.dpopProof(proof.jkt(), proof.jti(), proof.replayableUntil());",
              """
              return OnceKey.dpopProof(
                      proof.jkt(),
                      new dev.countersign.protocol.oauth.Jti(String.valueOf(System.nanoTime())),
                      proof.replayableUntil());\
              """,
              "DP-15"));

  private static final List<SeededMutant> GRANTS =
      List.of(
          // A certificate of its own taken for enough, whoever made it.
          in(
              "server",
              "server.client.CertificateAuthenticator",
              "if (!keys.hasCertificate(client, shown.certificate())) {",
              "if (!shown.certificate().getIssuerX500Principal()"
                  + ".equals(shown.certificate().getSubjectX500Principal())) {",
              "MT-3"),
          in(
              "server",
              "server.client.CertificateAuthenticator",
              "if (!subject.matches(shown.certificate())) {",
              "if (subject.toString().isEmpty()) {",
              "MT-2"),
          in(
              "server",
              "server.client.CertificateAuthenticator",
              "if (!CertificateRules.leadsTo(authorities, shown, now)) {",
              "if (authorities.isEmpty()) {",
              "MT-2"),
          in(
              "server",
              "server.client.CertificateAuthenticator",
              "CertificateRules.unfit(shown, now)",
              "CertificateRules.unfit(shown, shown.certificate().getNotAfter().toInstant())",
              "MT-4"),
          // Every https address taken for one of the client.
          in(
              "server",
              "server.authorize.ValidatedRedirect",
              "if (!client.hasRedirectUri(request.redirectUri())) {",
              "if (!client.hasRedirectUri(request.redirectUri())"
                  + " && !request.redirectUri().value().startsWith(\"https:\")) {",
              "SP-5.3.2.1-7",
              "PAR-13"),
          in(
              "server",
              "server.par.RequestPolicy",
              "if (!client.hasRedirectUri(request.redirectUri())) {",
              "if (!client.hasRedirectUri(request.redirectUri())"
                  + " && !request.redirectUri().value().startsWith(\"https:\")) {",
              "SP-5.3.2.1-7"),
          in(
              "server",
              "server.token.RefreshTokenGrant",
              "-> response(prepared, audience, Optional.empty());",
              "-> response(prepared, audience,"
                  + " Optional.of(RefreshToken.random(new java.security.SecureRandom())));",
              "SP-5.3.2.1-9"),
          // The old token dies with its rotation: a client that lost the answer is locked out.
          in(
              "server",
              "server.issue.RefreshRotations",
              "bound, now.plus(GRACE)",
              "bound, now",
              "SP-5.3.2.1-9a"),
          in(
              "server",
              "server.token.RefreshTokenGrant",
              "if (!grant.clientId().equals(caller.client().id())) {",
              "if (!caller.client().mayUse(dev.countersign.protocol.oauth.GrantType"
                  + ".REFRESH_TOKEN)) {",
              "OA-7"),
          in(
              "server",
              "server.config.Durations",
              "upTo(Duration.ofSeconds(60), \"60s\"",
              "upTo(Duration.ofSeconds(600), \"60s\"",
              "SP-5.3.2.1-11"),
          in(
              "server",
              "server.interaction.Decisions",
              "now.plus(codeLifetime)",
              "now.plus(codeLifetime).plusSeconds(1)",
              "SP-5.3.2.1-11"),
          in(
              "server",
              "server.token.AuthorizationCodeGrant",
              """
              case RedeemOutcome.Replayed(GrantId _) ->
                        throw invalidGrant("SP-5.3.2.2-9", NOT_VALID,\
               "used before; its grant is revoked now");\
              """,
              "case RedeemOutcome.Replayed(GrantId _) -> true;",
              "SP-5.3.2.2-9"),
          in(
              "server",
              "server.token.AuthorizationCodeGrant",
              "code.request().codeChallenge().verify(asked.codeVerifier());",
              "",
              "BCP-2.1.1-1"),
          in(
              "server",
              "server.issue.UserClaims",
              ".putAll(of(grant).only(open))",
              ".putAll(of(grant))",
              "OA-12"),
          in(
              "server",
              "server.issue.Audiences",
              "List.of(client.defaultResource())",
              "client.resources()",
              "AT-6"),
          in(
              "server",
              "server.revoke.RevocationEndpoint",
              "ended(grants.revokeGrant(grant.id(), once, now));",
              "Replays.useUp(onceKeys, once, now);",
              "RV-2"),
          in(
              "server",
              "server.interaction.Dispatcher",
              "return recent(login, request, now) && request.allows(login.acr());",
              "return request.allows(login.acr());",
              "SU-2"),
          in(
              "server",
              "server.issue.AccessTokens",
              "login.map(Login::authTime),",
              "login.map(by -> iat),",
              "SU-3"),
          in(
              "server",
              "server.issue.Entitlements",
              "types.narrow(granted.details(), types.require(client, asked, now));",
              "asked.isEmpty() ? granted.details() : types.require(client, asked, now);",
              "RAR-6-2"),
          in(
              "server",
              "server.issue.Entitlements",
              "types.narrow(granted.details(), types.require(client, asked, now));",
              "types.narrow(granted.details(), asked);",
              "RAR-8-1"),
          in(
              "server",
              "server.par.RequestPolicy",
              "types.requireOnePlace(details, audience.resources());",
              "",
              "RAR-5-1"),
          in(
              "server",
              "server.details.DetailTypes",
              "case ONCE -> asked.equals(granted);",
              "case ONCE -> type.isWithin(asked, granted);",
              "RAR-6-2"),
          in(
              "server",
              "server.issue.TokenStanding",
              "types.at(token.authorizationDetails(), own)",
              "token.authorizationDetails()",
              "RAR-9.2-1"),
          in(
              "server",
              "server.token.RefreshTokenGrant",
              "audience.details(),",
              "dev.countersign.protocol.rar.AuthorizationDetails.NONE,",
              "RAR-7-1"),
          in(
              "server",
              "server.issue.AccessTokens",
              "audience.details(),",
              "AuthorizationDetails.NONE,",
              "RAR-9-1"));

  static final List<SeededMutant> ALL = Stream.concat(ANSWERS.stream(), GRANTS.stream()).toList();

  private ServerMutants() {}
}
