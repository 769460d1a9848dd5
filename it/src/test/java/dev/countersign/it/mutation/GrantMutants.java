package dev.countersign.it.mutation;

import static dev.countersign.it.mutation.SeededMutant.in;

import java.util.List;

/** Mistakes in what clients may do with grants. */
final class GrantMutants {
  static final List<SeededMutant> ALL =
      List.of(
          in(
              "server",
              "server.client.ClientAuthenticator",
              "return byAssertion(ClientAssertion.read(form, request.headers()), now);",
              "return form.value(\"client_assertion\").isEmpty() && named.isPresent()"
                  + " ? new ClientWithCertificate(named.get())"
                  + " : byAssertion(ClientAssertion.read(form, request.headers()), now);",
              "GM-5.1-1"),
          in(
              "server",
              "server.issue.GrantChanges",
              "types.merge(before.details(), allowed.details())",
              "allowed.details()",
              "GM-5.2-4"),
          in(
              "server",
              "server.issue.Audiences",
              "if (!reaches(one, token, resource) && !reaches(other, token, resource)) {",
              "if (false) {",
              "GM-5.2-4"),
          in(
              "server",
              "server.issue.GrantChanges",
              "before.version().replaced()",
              "before.version().merged()",
              "GM-5.2-5"),
          in(
              "server",
              "server.interaction.Dispatcher",
              "permitted.existing().isEmpty()\n        && ",
              "",
              "GM-5.2-4",
              "GM-5.2-5"),
          in(
              "server",
              "server.token.CodeGrants",
              "if (action == GrantAction.CREATE) {",
              "if (true) {",
              "GM-5.2-4"),
          in(
              "server",
              "server.interaction.Dispatcher",
              "return grant.login().subject().equals(login.subject());",
              "return true;",
              "GM-5.4-1"),
          in(
              "server",
              "server.par.ManagedGrants",
              ".filter(grant -> grant.clientId().equals(request.clientId()))",
              "",
              "GM-5.4-5",
              "GM-10-1"),
          in(
              "server",
              "server.par.ManagedGrants",
              "if (wanted.isEmpty() && config.actionRequired()) {",
              "if (false) {",
              "GM-5.4-4"),
          in(
              "server",
              "server.token.AuthorizationCodeGrant",
              "code.request().grantManagement().map(_ -> grant.id())",
              "Optional.empty()",
              "GM-5.5-1"),
          in(
              "server",
              "server.interaction.Decisions",
              "() -> GrantId.random(random)",
              "() -> new GrantId(step.login().subject().value())",
              "GM-5.2-3",
              "GM-9-1"),
          in(
              "server",
              "server.Routes",
              "String path = path(urls.grants()) + \"/\";",
              "String path = path(urls.grants());",
              "GM-6-1"),
          in(
              "server",
              "server.grants.GrantEndpoint",
              "revoking ? TO_REVOKE : TO_QUERY",
              "TO_QUERY",
              "GM-6.1-1",
              "GM-6.6-2"),
          in(
              "server",
              "server.refusal.AlwaysHeaders",
              "return parNoStore();",
              "return none();",
              "GM-6.4-1"),
          in(
              "server",
              "server.grants.GrantEndpoint",
              "HttpResponse.empty(204)",
              "HttpResponse.empty(200)",
              "GM-6.5-1"),
          in(
              "server",
              "server.grants.GrantEndpoint",
              "Refusal.http(404, ",
              "Refusal.http(400, ",
              "GM-6.6-1"),
          in(
              "server",
              "server.grants.GrantEndpoint",
              ".filter(record -> record.grant().clientId().equals(client))",
              "",
              "GM-6.6-2",
              "GM-10-1"),
          in(
              "server",
              "server.grants.GrantEndpoint",
              "standing.stands(token, now) ? ",
              "true ? ",
              "GM-6.6-3"));

  private GrantMutants() {}
}
