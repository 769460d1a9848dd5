package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client asks for beside the scope, what it gets of it, and the grants it manages. */
class DetailsAndGrantsTest {
  private static final String GRANTS = "/as/grants";
  private static final GrantId GRANT = new GrantId("TSdqirmAxDa0_-DB_1bASQ");

  private final TestClock clock = new TestClock();
  private final ScriptedAs as = new ScriptedAs(clock);
  private final BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
  private final FapiClient client = as.client().build();

  @AfterEach
  void stop() {
    as.close();
  }

  @Test
  @Requirement({"RAR-2-1", "RAR-2-2", "RAR-11.4", "RAR-12-1"})
  void pushesDetailsAsAnArrayAndTakesWhatThePersonChose() throws Exception {
    AuthorizationDetails asked = details("[]");
    AuthorizationDetails granted = details("[{\"iban\":\"DE02100100109307118603\"}]");
    as.nextToken(r -> as.tokens(r, granted(granted), Map.of()));

    AuthorizationUrl url = client.begin(session.startGuardedByCaller(), FlowRequest.of(asked));
    assertThat(as.pushedFor(url).value("authorization_details")).contains(asked.toJson());
    assertThat(as.pushedFor(url).has("scope")).isFalse();
    assertThat(url.value().toString()).doesNotContain("authorization_details");

    Tokens tokens = client.callback(session, as.agree(url).encode());
    assertThat(tokens.authorizationDetails()).isEqualTo(granted);
    assertThat(tokens.grantId()).isEmpty();
  }

  @Test
  @Requirement({"RAR-6-1", "RAR-7-1"})
  void asksForLessAtARefreshAndForItself() throws Exception {
    AuthorizationDetails all = details("[]");
    AuthorizationDetails less = details("[{\"iban\":\"DE02100100109307118603\"}]");
    AuthorizationUrl url =
        client.begin(
            session.startGuardedByCaller(), FlowRequest.of("a").withAuthorizationDetails(all));
    as.nextToken(r -> as.tokens(r, granted(all), Map.of()));
    Tokens tokens = client.callback(session, as.agree(url).encode());

    as.nextToken(r -> as.tokens(r, granted(less), Map.of()));
    Tokens refreshed = client.refresh(tokens, RefreshRequest.same().withAuthorizationDetails(less));
    assertThat(lastTokenCall().form().value("authorization_details")).contains(less.toJson());
    assertThat(refreshed.authorizationDetails()).isEqualTo(less);

    client.refresh(refreshed);
    assertThat(lastTokenCall().form().has("authorization_details")).isFalse();

    client.clientCredentials(Scope.NONE, List.of(), less);
    assertThat(lastTokenCall().form().value("authorization_details")).contains(less.toJson());
  }

  @Test
  @Requirement({"GM-5.2-1", "GM-5.2-2", "GM-3.7"})
  void saysWhatShallBecomeOfWhichGrantAndKeepsItsName() throws Exception {
    as.nextToken(r -> as.tokens(r, Map.of("grant_id", GRANT.value()), Map.of()));
    AuthorizationUrl first =
        client.begin(
            session.startGuardedByCaller(),
            FlowRequest.of("a").withGrantManagement(GrantManagement.create()));
    assertThat(as.pushedFor(first).value("grant_management_action")).contains("create");
    assertThat(as.pushedFor(first).has("grant_id")).isFalse();
    Tokens tokens = client.callback(session, as.agree(first).encode());
    assertThat(tokens.grantId()).contains(GRANT);

    AuthorizationUrl again =
        client.begin(
            session.startGuardedByCaller(),
            FlowRequest.of("a b").withGrantManagement(GrantManagement.merge(GRANT)));
    assertThat(as.pushedFor(again).value("grant_management_action")).contains("merge");
    assertThat(as.pushedFor(again).value("grant_id")).contains(GRANT.value());

    // A server need not say it again; it is the same grant.
    assertThat(client.refresh(tokens).grantId()).contains(GRANT);
  }

  @Test
  @Requirement({"GM-6.3-1", "GM-6.4-1", "GM-6.4-2"})
  void asksWhatAGrantAllows() throws Exception {
    publishGrants();
    as.server.on(
        GRANTS + "/" + GRANT,
        r -> {
          proved(r);
          return Reply.text(
              200,
              """
              {"scopes":[{"scope":"a b","resource":["https://api.example"]}],"claims":["email"],
               "created_at":1356123600,"updated_by":"client","surprise":1}
              """);
        });

    GrantResource grant = client.queryGrant(ownTokens(GrantResource.QUERY_SCOPE), GRANT);

    assertThat(grant.scopes().getFirst().scope()).isEqualTo(Scope.of("a", "b"));
    assertThat(grant.claims()).containsExactly("email");
    assertThat(grant.createdAt()).contains(Instant.ofEpochSecond(1356123600));
    assertThat(as.server.received(GRANTS + "/" + GRANT).getLast().method()).isEqualTo("GET");
  }

  @Test
  @Requirement({"GM-6.5-1"})
  void endsAGrant() throws Exception {
    publishGrants();
    as.server.on(
        GRANTS + "/" + GRANT,
        r -> {
          proved(r);
          return Reply.text(204, "");
        });

    client.revokeGrant(ownTokens(GrantResource.REVOKE_SCOPE), GRANT);

    assertThat(as.server.received(GRANTS + "/" + GRANT).getLast().method()).isEqualTo("DELETE");
  }

  @Test
  @Requirement({"GM-6.4-1", "GM-6.5-1"})
  void getsATokenOfItsOwnForWhatItAsksAndDoes() throws Exception {
    publishGrants();
    as.server.on(GRANTS + "/" + GRANT, r -> Reply.text(200, "{}"));
    client.queryGrant(GRANT);
    assertThat(lastTokenCall().form().value("grant_type")).contains("client_credentials");
    assertThat(lastTokenCall().form().value("scope")).contains("grant_management_query");

    as.server.on(GRANTS + "/" + GRANT, r -> Reply.text(204, ""));
    client.revokeGrant(GRANT);
    assertThat(lastTokenCall().form().value("scope")).contains("grant_management_revoke");
    assertThat(as.server.received(GRANTS + "/" + GRANT).getLast().method()).isEqualTo("DELETE");
  }

  @Test
  @Requirement("GM-6.2-1")
  void getsNoTokenForAServerWithoutGrantManagement() {
    assertThatThrownBy(() -> client.queryGrant(GRANT)).isInstanceOf(MetadataFault.class);
    assertThatThrownBy(() -> client.revokeGrant(GRANT)).isInstanceOf(MetadataFault.class);
    assertThat(as.server.received(ScriptedAs.TOKEN)).isEmpty();
  }

  @Test
  @Requirement({"GM-6.4-4"})
  void saysWhenABusyServerWantsToBeAskedAgain() throws Exception {
    publishGrants();
    Tokens tokens = ownTokens(GrantResource.QUERY_SCOPE);
    as.server.on(GRANTS + "/" + GRANT, r -> Reply.text(503, "").with("Retry-After", "120"));

    ServerRefused refused =
        catchThrowableOfType(ServerRefused.class, () -> client.queryGrant(tokens, GRANT));

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.retryAfter()).contains(Duration.ofMinutes(2));
    as.server.on(
        GRANTS + "/" + GRANT,
        r -> Reply.text(503, "").with("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT"));
    assertThat(
            catchThrowableOfType(ServerRefused.class, () -> client.queryGrant(tokens, GRANT))
                .retryAfter())
        .isEmpty();
  }

  @Test
  @Requirement({"GM-6.6-1", "GM-6.6-2"})
  void tellsThatAGrantIsGoneOrAnotherClients() throws Exception {
    publishGrants();
    Tokens tokens = ownTokens(GrantResource.QUERY_SCOPE);
    for (int status : List.of(401, 403, 404)) {
      as.server.on(
          GRANTS + "/" + GRANT,
          r -> Reply.text(status, "").with("WWW-Authenticate", "DPoP error=\"some\""));
      assertThat(catchThrowableOfType(ServerRefused.class, () -> client.queryGrant(tokens, GRANT)))
          .satisfies(
              refused -> {
                assertThat(refused.status()).isEqualTo(status);
                assertThat(refused.error()).contains("some");
              });
      assertThat(catchThrowableOfType(ServerRefused.class, () -> client.revokeGrant(tokens, GRANT)))
          .satisfies(refused -> assertThat(refused.status()).isEqualTo(status));
    }
  }

  @Test
  @Requirement({"GM-6.2-1", "GM-5.5-2"})
  void callsNoServerWithoutGrantManagementAndNoOtherPlace() throws Exception {
    Tokens tokens = ownTokens(GrantResource.QUERY_SCOPE);
    assertThatThrownBy(() -> client.queryGrant(tokens, GRANT))
        .isInstanceOf(MetadataFault.class)
        .hasMessageContaining("grant_management_endpoint");

    publishGrants();
    FapiClient later = as.client().build();
    Tokens fresh = later.clientCredentials(Scope.of(GrantResource.QUERY_SCOPE), List.of());
    for (String id : List.of("..", "a/b", "a?b", "%2e%2e")) {
      assertThatThrownBy(() -> later.queryGrant(fresh, new GrantId(id)))
          .as(id)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @Requirement({"RAR-5-1"})
  void tellsThatDetailsWereRefused() {
    as.nextPar(r -> ScriptedAs.error(400, "invalid_authorization_details", "unknown type"));

    assertThatThrownBy(
            () -> client.begin(session.startGuardedByCaller(), FlowRequest.of(details("[]"))))
        .isInstanceOfSatisfying(
            ServerRefused.class,
            refused -> assertThat(refused.error()).contains("invalid_authorization_details"));
  }

  @Test
  void aRequestForNothingIsNone() {
    assertThatThrownBy(() -> FlowRequest.of(AuthorizationDetails.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void publishGrants() {
    as.publish(Map.of("grant_management_endpoint", as.server.uri(GRANTS).toString()));
  }

  private void proved(Received request) {
    String authorization = request.headers().first("authorization").orElseThrow();
    ScriptedAs.proofOf(
        request,
        as.server.uri(GRANTS + "/" + GRANT),
        Optional.of(new AccessToken(authorization.substring("DPoP ".length()))),
        clock);
  }

  private Tokens ownTokens(String scope) throws ClientException {
    return client.clientCredentials(Scope.of(scope), List.of());
  }

  private Received lastTokenCall() {
    return as.server.received(ScriptedAs.TOKEN).getLast();
  }

  private static Map<String, Object> granted(AuthorizationDetails details) {
    return Map.of("authorization_details", details.member().orElseThrow());
  }

  private static AuthorizationDetails details(String accounts) throws Exception {
    return AuthorizationDetails.of(
        AuthorizationDetail.of(
            JsonObject.parse(
                "{\"type\":\"account_information\",\"accounts\":%s}".formatted(accounts))));
  }
}
