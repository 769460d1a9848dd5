package dev.countersign.server.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.revocationfeed.EndedGrant;
import dev.countersign.protocol.revocationfeed.FeedClaims;
import dev.countersign.protocol.revocationfeed.FeedVerifier;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The revocation feed, over HTTPS. */
@Requirement({"SP-5.3.4-3", "RV-2"})
class FeedEndpointTest extends EndpointTest {
  private static final Params OWN = Params.of("grant_type", "client_credentials");
  private static final String[] AT_BOTH = {
    "resource", TestServer.API, "resource", TestServer.REPORTS
  };

  /** Nothing that a test before ended is in the feed any more. */
  @BeforeEach
  void letTokensExpire() {
    server.pass(Duration.ofMinutes(5));
  }

  private static Reply get(TestServer at, String resource) {
    String query = "?resource=" + URLEncoder.encode(resource, UTF_8);
    return at.get(URI.create(at.url("/revocations") + query));
  }

  private static JwkSet keys(TestServer of) throws InvalidJwkException {
    return JwkSet.parse(of.get(of.url("/jwks")).json());
  }

  /** What the feed says a second later, verified as a resource server does. */
  private static FeedClaims feed(TestServer at, String resource) throws Exception {
    at.pass(Duration.ofSeconds(1));
    Reply reply = get(at, resource);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return new FeedVerifier(at.jose(), TestServer.ISSUER, new ResourceIndicator(resource))
        .verify(FeedVerifier.parse(reply.text()), keys(at), Optional.empty(), at.now())
        .claims();
  }

  private static List<String> handles(TestServer at, String resource) throws Exception {
    return feed(at, resource).grants().stream().map(EndedGrant::handle).toList();
  }

  private List<String> handles(String resource) throws Exception {
    return handles(server, resource);
  }

  private static AccessTokenClaims claims(TestServer of, Reply tokens) throws Exception {
    return AccessTokenVerifier.ofIssuer(of.jose(), new Issuer(TestServer.ISSUER.value()))
        .verify(new AccessToken(tokens.string("access_token")), keys(of), of.now())
        .claims();
  }

  private static Optional<String> handle(TestServer of, Reply tokens, String resource)
      throws Exception {
    return claims(of, tokens).grantHandles().of(resource);
  }

  private String handle(Reply tokens, String resource) throws Exception {
    return handle(server, tokens, resource).orElseThrow();
  }

  private static void revoke(TestClient client, Reply tokens) {
    Params asked = Params.of("token", tokens.string("access_token"));
    Reply reply =
        client.post("/revoke", asked.and(client.authenticatedBy(client.assertion())), List.of());
    assertThat(reply.status()).isEqualTo(200);
  }

  /** Rounded up. */
  private static Instant toTheMinute(Instant end) {
    return end.plusSeconds(59).truncatedTo(ChronoUnit.MINUTES);
  }

  private Reply tokensForBoth() {
    TestClient app = server.app();
    Params both =
        app.authorizationRequest()
            .with("scope", "openid offline_access accounts reports")
            .and(Params.of(AT_BOTH));
    return app.token(app.codeRequest(app.code(both)));
  }

  @Test
  void isASignedSecurityEventTokenOfNowForTheResource() throws Exception {
    FeedClaims feed = feed(server, TestServer.API);
    assertThat(feed.grants()).isEmpty();
    assertThat(feed.iat()).isEqualTo(server.now());
    assertThat(feed.exp()).isEqualTo(server.now().plus(Duration.ofMinutes(5)));
    Reply reply = get(server, TestServer.API);
    assertThat(reply.header("Content-Type")).contains("application/secevent+jwt");
    assertThat(reply.header("Cache-Control")).contains("public, max-age=1");
    assertThat(server.logged("endpoint")).contains("revocation_feed");
  }

  @Test
  @Requirement({"ATT-51"})
  void namesAGrantThatEndedByTheHandleThatItsTokensBear() throws Exception {
    Reply tokens = server.app().tokens();
    Reply others = server.app().tokens();
    String handle = handle(tokens, TestServer.API);
    assertThat(handle).hasSize(43).isNotEqualTo(handle(others, TestServer.API));
    assertThat(handles(TestServer.API)).isEmpty();

    server.pass(Duration.ofSeconds(10));
    revoke(server.app(), tokens);

    FeedClaims feed = feed(server, TestServer.API);
    assertThat(feed.grants())
        .containsExactly(new EndedGrant(handle, toTheMinute(claims(server, tokens).exp())));
  }

  @Test
  void givesAllTokensOfAGrantOneHandle() throws Exception {
    TestClient app = server.app();
    Reply tokens = tokensForBoth();
    server.pass(Duration.ofSeconds(100));
    Reply fresh =
        app.token(
            app.refreshRequest(tokens.string("refresh_token")).and("resource", TestServer.API));
    assertThat(handle(fresh, TestServer.API)).isEqualTo(handle(tokens, TestServer.API));
    assertThat(handle(server, fresh, TestServer.REPORTS)).isEmpty();

    revoke(app, tokens);
    assertThat(feed(server, TestServer.API).grants())
        .extracting(EndedGrant::expiresAt)
        .containsExactly(toTheMinute(claims(server, fresh).exp()));
  }

  @Test
  void tellsTwoResourcesHandlesThatTheyCannotCompare() throws Exception {
    Reply tokens = tokensForBoth();
    assertThat(claims(server, tokens).aud())
        .containsExactlyInAnyOrder(
            TestServer.API, TestServer.REPORTS, server.url("/userinfo").toString());
    assertThat(claims(server, tokens).grantHandles().byAudience())
        .containsOnlyKeys(TestServer.API, TestServer.REPORTS);
    String api = handle(tokens, TestServer.API);
    String reports = handle(tokens, TestServer.REPORTS);
    assertThat(api).isNotEqualTo(reports);

    revoke(server.app(), tokens);

    assertThat(handles(TestServer.API)).containsExactly(api);
    assertThat(handles(TestServer.REPORTS)).containsExactly(reports);
  }

  @Test
  void namesNeitherPersonNorClientNorGrantNorToken() throws Exception {
    Reply tokens = server.app().tokens();
    AccessTokenClaims claims = claims(server, tokens);
    String grant =
        server.store().findByAccessToken(claims.jti(), server.now()).orElseThrow().id().value();
    revoke(server.app(), tokens);
    server.pass(Duration.ofSeconds(1));
    String feed = CompactJws.parse(get(server, TestServer.API).text()).unverifiedClaims().toJson();
    assertThat(feed)
        .contains(handle(tokens, TestServer.API))
        .doesNotContain(claims.sub().value(), "\"app\"", grant, claims.jti().value());
  }

  @Test
  void namesATokenThatAClientGotForItself() throws Exception {
    Reply own = server.app().token(OWN);
    Reply next = server.app().token(OWN);
    assertThat(handle(own, TestServer.API)).isNotEqualTo(handle(next, TestServer.API));
    revoke(server.app(), own);
    assertThat(handles(TestServer.API)).containsExactly(handle(own, TestServer.API));
  }

  @Test
  void namesWhatHadNoTokensForAResourceToOthersAlone() throws Exception {
    Reply own = server.app().token(OWN.and("resource", TestServer.REPORTS));
    Reply tokens = server.app().tokens();
    revoke(server.app(), own);
    revoke(server.app(), tokens);
    assertThat(handles(TestServer.REPORTS)).containsExactly(handle(own, TestServer.REPORTS));
    assertThat(handles(TestServer.API)).containsExactly(handle(tokens, TestServer.API));
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void namesTheGrantOfACodeThatWasReplayed() throws Exception {
    TestClient app = server.app();
    Params request = app.codeRequest(app.code());
    Reply tokens = app.token(request);
    assertThat(app.token(request).outcome()).isEqualTo("400 invalid_grant");
    assertThat(handles(TestServer.API)).containsExactly(handle(tokens, TestServer.API));
  }

  @Test
  void forgetsAGrantWhenTheLastOfItsTokensExpires() throws Exception {
    Reply tokens = server.app().tokens();
    revoke(server.app(), tokens);
    Duration rest = Duration.between(server.now(), claims(server, tokens).exp());
    server.pass(rest.minusSeconds(2));
    assertThat(handles(TestServer.API)).hasSize(1);
    assertThat(handles(TestServer.API)).isEmpty();
  }

  @Test
  void makesOneAnswerASecondForEachResource() {
    String first = get(server, TestServer.API).text();
    server.pass(Duration.ofSeconds(1).minusNanos(1));
    assertThat(get(server, TestServer.API).text()).isEqualTo(first);
    assertThat(get(server, TestServer.REPORTS).text()).isNotEqualTo(first);
    server.pass(Duration.ofNanos(1));
    assertThat(get(server, TestServer.API).text()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "none | 400 invalid_request",
        "?resource= | 400 invalid_request",
        "?resource=https%3A%2F%2Fapi.example.com&resource=https%3A%2F%2Fapi.example.com"
            + " | 400 invalid_request",
        "?resource=https%3A%2F%2Fapi.example.com%2F | 400 invalid_target",
        "?resource=https%3A%2F%2Fother.example.com | 400 invalid_target",
        "?resource=api | 400 invalid_target"
      })
  @Requirement({"OA-11"})
  void refusesAQuestionAboutNoResourceOfItsOwn(String query, String outcome) {
    URI url = URI.create(server.url("/revocations") + (query == null ? "" : query));
    assertThat(server.get(url).outcome()).isEqualTo(outcome);
  }

  @Test
  @Requirement({"SP-5.2.3-3"})
  void answersNobodyWhoPosts() {
    Reply reply = server.send("POST", server.url("/revocations"), List.of(), new byte[0]);
    assertThat(reply.outcome()).isEqualTo("405 invalid_request");
  }

  @Test
  void isTheSameFromAnotherNodeAndAfterARestart(@TempDir Path folder) throws Exception {
    String handle;
    try (TestServer first = new TestServer(folder)) {
      TestClient app = server.app().at(first);
      Reply tokens = first.app().tokens();
      assertThat(app.id()).isEqualTo(first.app().id());
      handle = handle(first, tokens, TestServer.API).orElseThrow();
      revoke(first.app(), tokens);
    }
    try (TestServer second = new TestServer(folder)) {
      assertThat(handles(second, TestServer.API)).containsExactly(handle);
    }
  }

  @Test
  void saysNothingWhileTheStoreDoesNotAnswer(@TempDir Path folder) {
    try (TestServer broken = new TestServer(folder)) {
      broken.store().close();
      assertThat(get(broken, TestServer.API).status()).isEqualTo(503);
    }
  }

  @Test
  void isNamedInTheMetadata() {
    assertThat(
            server.get(TestServer.ISSUER.openIdConfiguration()).string("revocation_feed_endpoint"))
        .isEqualTo(server.url("/revocations").toString());
  }

  @Test
  void isNotThereWhereItIsSwitchedOff(@TempDir Path folder)
      throws InvalidJwtException, MalformedJsonException {
    try (TestServer without =
        new TestServer(folder, yaml -> "revocation_feed: {enabled: false}\n" + yaml)) {
      assertThat(get(without, TestServer.API).status()).isEqualTo(404);
      assertThat(without.get(TestServer.ISSUER.openIdConfiguration()).json().names())
          .doesNotContain("revocation_feed_endpoint");
      String token = without.app().tokens().string("access_token");
      assertThat(CompactJws.parse(token).unverifiedClaims().has("grant_handles")).isFalse();
    }
  }

  @Test
  void isGoodForAsLongAsTheConfigurationSays(@TempDir Path folder) throws Exception {
    try (TestServer other =
        new TestServer(folder, yaml -> "revocation_feed: {lifetime: 2m}\n" + yaml)) {
      assertThat(feed(other, TestServer.API).exp()).isEqualTo(other.now().plusSeconds(120));
    }
  }
}
