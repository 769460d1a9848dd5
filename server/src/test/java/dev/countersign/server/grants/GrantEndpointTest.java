package dev.countersign.server.grants;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.grants.UpdatedBy;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Details;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API, by tokens that clients get for themselves. */
class GrantEndpointTest extends ManagedGrantsTest {

  private String grant() {
    return granted(create(scope("openid accounts"))).string("grant_id");
  }

  @Test
  @Requirement({"GM-6.4-1", "GM-6.4-2", "GM-6.4-3", "GM-6-1", "GM-6.1-1", "GM-6.3-1"})
  void saysWhatAGrantAllows() throws Exception {
    Params asked =
        create(scope("openid profile accounts payments reports"))
            .and("resource", TestServer.API)
            .and("resource", TestServer.REPORTS)
            .and("claims", "{\"userinfo\":{\"email\":null}}")
            .and("authorization_details", Details.array(Details.HEALTH));
    String id = granted(asked).string("grant_id");
    var created = server.now().truncatedTo(ChronoUnit.SECONDS);
    server.pass(Duration.ofMinutes(2));
    String token = queryToken(server.app());
    Reply reply = call(server.app(), "GET", id, token);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).contains("application/json");
    assertThat(reply.header("Cache-Control")).contains("no-cache, no-store");
    GrantResource grant = GrantResource.read(reply.json());
    assertThat(grant.scopes())
        .extracting(entry -> entry.scope() + " at " + entry.resources())
        .containsExactly(
            "accounts payments at [" + TestServer.API + "]",
            "reports at [" + TestServer.REPORTS + "]",
            "openid profile at []");
    assertThat(grant.claims()).containsExactly("email");
    assertThat(grant.authorizationDetails()).isEqualTo(Details.of(Details.HEALTH));
    assertThat(grant.createdAt()).contains(created);
    assertThat(grant.lastUpdatedAt()).contains(created);
    assertThat(grant.expiresAt()).isEmpty();
    assertThat(grant.updatedBy()).contains(UpdatedBy.CLIENT);
    assertThat(reply.json().names())
        .containsExactly(
            "scopes",
            "claims",
            "authorization_details",
            "created_at",
            "last_updated_at",
            "updated_by");
  }

  @Test
  @Requirement({"GM-6.4-3", "GM-5.2-4"})
  void saysWhenAGrantWasChangedAndWhenItEnds() {
    String id = grant();
    var created = server.now().truncatedTo(ChronoUnit.SECONDS);
    server.pass(Duration.ofHours(1));
    granted(merge(scope("payments"), id));
    GrantResource grant = queried(id);
    assertThat(grant.createdAt()).contains(created);
    assertThat(grant.lastUpdatedAt()).contains(server.now().truncatedTo(ChronoUnit.SECONDS));
    Params asked = create(server.other().authorizationRequest());
    String short_ =
        server
            .other()
            .token(server.other().codeRequest(allowed(server.other(), asked).get("code")))
            .string("grant_id");
    Reply reply = call(server.other(), "GET", short_, queryToken(server.other()));
    assertThat(reply.json().names()).contains("expires_at");
  }

  @Test
  @Requirement({"GM-6.5-1"})
  void endsAGrantWithAllItsTokensAtOnce() {
    Reply tokens = granted(create(scope("openid accounts")));
    String id = tokens.string("grant_id");
    Reply reply = call(server.app(), "DELETE", id, revokeToken(server.app()));
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.text()).isEmpty();
    assertThat(refreshed(tokens)).isEqualTo("400 invalid_grant");
    assertThat(server.app().userinfo(tokens.string("access_token")).status()).isEqualTo(401);
    assertThat(server.api().introspect(tokens.string("access_token")).json().toJson())
        .isEqualTo("{\"active\":false}");
    assertThat(call(server.app(), "GET", id, queryToken(server.app())).status()).isEqualTo(404);
    assertThat(call(server.app(), "DELETE", id, revokeToken(server.app())).status()).isEqualTo(404);
  }

  @Test
  @Requirement({"GM-6.1-1", "GM-8.3"})
  void isTheOnlyAudienceOfATokenForIt() throws Exception {
    String token = queryToken(server.machine());
    assertThat(
            new AccessTokenVerifier(
                    server.jose(), TestServer.ISSUER, server.url("/grants").toString())
                .verify(
                    new AccessToken(token),
                    JwkSet.parse(server.get(server.url("/jwks")).json()),
                    server.now())
                .claims()
                .aud())
        .containsExactly(server.url("/grants").toString());
  }

  @Test
  @Requirement({"GM-6.1-1"})
  void canBeAskedForBesideAnApiOrByItsUrl() {
    Params asked = Params.of("grant_type", "client_credentials");
    assertThat(
            server
                .machine()
                .token(asked.and("scope", "accounts grant_management_query"))
                .string("scope"))
        .isEqualTo("accounts grant_management_query");
    String url = server.url("/grants").toString();
    assertThat(server.machine().token(asked.and("resource", url)).string("scope"))
        .isEqualTo("grant_management_query grant_management_revoke");
    assertThat(server.machine().token(asked).string("scope")).isEqualTo("accounts");
    assertThat(
            server.machine().token(asked.and("resource", url).and("scope", "accounts")).outcome())
        .isEqualTo("400 invalid_scope");
    assertThat(
            server
                .machine()
                .token(
                    asked
                        .and("resource", TestServer.API)
                        .and("scope", "accounts grant_management_query"))
                .outcome())
        .isEqualTo("400 invalid_scope");
  }

  @Test
  @Requirement({"GM-6.6-1"})
  void knowsNoGrantThatWasNeverMade() {
    String token = queryToken(server.app());
    assertThat(call(server.app(), "GET", "A".repeat(43), token).status()).isEqualTo(404);
    assertThat(server.logged("rule")).contains("GM-6.6-1");
    assertThat(call(server.app(), "GET", "a.b", token).status()).isEqualTo(404);
    assertThat(call(server.app(), "GET", "", token).status()).isEqualTo(404);
  }

  @Test
  @Requirement({"GM-6-1"})
  void listsNothing() {
    String token = queryToken(server.app());
    URI above = server.url("/grants");
    Reply reply = call("GET", above, "DPoP " + token, server.app().proofFor(token, "GET", above));
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text()).isEmpty();
  }

  @Test
  @Requirement({"GM-6.6-2", "GM-6.1-1"})
  void needsTheScopeOfWhatIsDone() {
    String id = grant();
    Reply query = call(server.app(), "GET", id, revokeToken(server.app()));
    assertThat(query.outcome()).isEqualTo("403 insufficient_scope");
    assertThat(query.challenge().attributes())
        .containsEntry("error", "insufficient_scope")
        .containsEntry("scope", "grant_management_query");
    Reply revocation = call(server.app(), "DELETE", id, queryToken(server.app()));
    assertThat(revocation.outcome()).isEqualTo("403 insufficient_scope");
    assertThat(revocation.challenge().attributes())
        .containsEntry("scope", "grant_management_revoke");
    assertThat(call(server.app(), "GET", id, queryToken(server.app())).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"GM-6.6-2", "GM-6.6-1", "GM-10-1"})
  void tellsNobodyWhetherTheGrantOfAnotherClientIsThere() {
    String id = grant();
    for (String method : List.of("GET", "DELETE")) {
      String scope = method.equals("GET") ? queryToken(server.machine()) : revoke();
      Reply others = call(server.machine(), method, id, scope);
      Reply none = call(server.machine(), method, "B".repeat(43), scope);
      assertThat(others.status()).isEqualTo(404).isEqualTo(none.status());
      assertThat(others.text()).isEqualTo(none.text());
    }
    String wrong = queryToken(server.machine());
    assertThat(call(server.machine(), "DELETE", id, wrong).status())
        .isEqualTo(403)
        .isEqualTo(call(server.machine(), "DELETE", "B".repeat(43), wrong).status());
    assertThat(queried(id).scopes()).isNotEmpty();
  }

  private String revoke() {
    return revokeToken(server.machine());
  }

  @Test
  @Requirement({"GM-6.6-3"})
  void asksForATokenWhereThereIsNone() {
    Reply reply = server.send("GET", grantUrl(grant()), List.of(), new byte[0]);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.challenge().scheme()).isEqualTo("DPoP");
    assertThat(reply.header("Cache-Control")).contains("no-cache, no-store");
  }

  @Test
  @Requirement({"GM-6.6-3"})
  void refusesATokenThatIsExpiredRevokedOrForAnotherPlace() {
    String id = grant();
    String expired = queryToken(server.app());
    server.pass(Duration.ofMinutes(5));
    assertRefused(call(server.app(), "GET", id, expired));
    String revoked = queryToken(server.app());
    Params asked = Params.of("token", revoked);
    server
        .app()
        .post(
            "/revoke",
            asked.and(server.app().authenticatedBy(server.app().assertion())),
            List.of());
    assertRefused(call(server.app(), "GET", id, revoked));
    assertRefused(call(server.app(), "GET", id, token(server.app(), "accounts")));
    assertRefused(call(server.app(), "GET", id, granted(request()).string("access_token")));
    assertRefused(call(server.app(), "GET", id, "no.token.atall"));
  }

  private static void assertRefused(Reply reply) {
    assertThat(reply.outcome()).isEqualTo("401 invalid_token");
    assertThat(reply.challenge().scheme()).isEqualTo("DPoP");
    assertThat(reply.challenge().attributes()).containsEntry("error", "invalid_token");
  }

  @Test
  @Requirement({"GM-6.6-3"})
  void saysNothingOfTheNameOfAGrantToWhoHasNoProof() {
    String token = queryToken(server.app());
    for (String id : List.of("a.b", "%20", "A".repeat(43))) {
      URI url = URI.create(server.url("/grants/") + id);
      assertThat(call("GET", url, "DPoP " + token).outcome())
          .as(id)
          .isEqualTo("401 invalid_dpop_proof");
    }
  }

  @Test
  @Requirement({"GM-6.6-3", "GM-6.1-1"})
  void refusesATokenWithoutTheProofThatItIsBoundTo() {
    String id = grant();
    String token = queryToken(server.app());
    URI url = grantUrl(id);
    assertRefused(call("GET", url, "Bearer " + token));
    assertThat(call("GET", url, "DPoP " + token).outcome()).isEqualTo("401 invalid_dpop_proof");
    assertRefused(call("GET", url, "DPoP " + token, server.machine().proofFor(token, "GET", url)));
    URI other = grantUrl("B".repeat(43));
    assertThat(
            call("GET", url, "DPoP " + token, server.app().proofFor(token, "GET", other)).outcome())
        .isEqualTo("401 invalid_dpop_proof");
    assertThat(
            call("GET", url, "DPoP " + token, server.app().proofFor(token, "DELETE", url))
                .outcome())
        .isEqualTo("401 invalid_dpop_proof");
  }

  @ParameterizedTest
  @Requirement({"GM-6.6-3", "DP-15"})
  @ValueSource(strings = {"GET", "DELETE"})
  void takesAProofOnce(String method) {
    String id = grant();
    String token = method.equals("GET") ? queryToken(server.app()) : revokeToken(server.app());
    URI url = grantUrl(id);
    String proof = server.app().proofFor(token, method, url);
    assertThat(call(method, url, "DPoP " + token, proof).status()).isLessThan(300);
    assertThat(call(method, url, "DPoP " + token, proof).outcome())
        .isEqualTo("401 invalid_dpop_proof");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "HEAD", "OPTIONS"})
  void answersNoOtherMethod(String method) {
    Reply reply = server.send(method, grantUrl("A".repeat(43)), List.of(), new byte[0]);
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).contains("DELETE, GET");
  }

  @Test
  @Requirement({"SP-5.3.4-2"})
  void takesNoTokenInTheQueryOrTheBody() {
    String token = queryToken(server.app());
    URI url = URI.create(grantUrl(grant()) + "?access_token=" + token);
    assertThat(server.get(url).status()).isEqualTo(400);
    Reply body =
        server.send(
            "DELETE",
            grantUrl("A".repeat(43)),
            List.of(Map.entry("Content-Type", "application/x-www-form-urlencoded")),
            ("access_token=" + token).getBytes(UTF_8));
    assertThat(body.status()).isEqualTo(400);
  }

  @Test
  void sendsNoChallengeWhereABetterTokenWouldNotHelp() {
    Reply reply = call(server.app(), "GET", "A".repeat(43), queryToken(server.app()));
    assertThat(reply.all(Challenge.HEADER)).isEmpty();
  }
}
