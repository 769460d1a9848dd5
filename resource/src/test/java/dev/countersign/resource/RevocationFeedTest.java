package dev.countersign.resource;

import static dev.countersign.resource.Scene.AUDIENCE;
import static dev.countersign.resource.Scene.CLIENT_JKT;
import static dev.countersign.resource.Scene.ISSUER_KEY;
import static dev.countersign.resource.Scene.JOSE;
import static dev.countersign.resource.Scene.OTHER_KEY;
import static dev.countersign.resource.Scene.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.revocationfeed.EndedGrant;
import dev.countersign.protocol.revocationfeed.FeedClaims;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.remote.StrictTls;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.RevocationFeed.Settings;
import dev.countersign.testkit.CapturedLog;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import dev.countersign.testkit.TestTls;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a resource server follows a feed, against a scripted authorization server. */
@Requirement({"SP-5.3.4-3", "ATT-51"})
class RevocationFeedTest {
  private static final String METADATA = "/.well-known/openid-configuration";
  private static final String FEED = "/revocations";
  private static final ResourceIndicator API = new ResourceIndicator(AUDIENCE);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ScriptedServer server = new ScriptedServer();
  private final TestClock clock = new TestClock();
  private final Issuer issuer = new Issuer(server.uri("").toString());
  private final HttpClient http = StrictTls.httpClient(TestTls.LOCALHOST.trust(), TIMEOUT);
  private final CapturedLog log = CapturedLog.aside(RevocationFeed.class.getName(), Level.INFO);
  private final RevocationFeed feed = feed(Settings.usual());

  @BeforeEach
  void publish() {
    server.on(METADATA, r -> Reply.json(200, metadata(FEED)));
    server.on("/jwks", r -> Reply.json(200, JwkSet.of(List.of(ISSUER_KEY.publicJwk())).toJson()));
    names();
  }

  @AfterEach
  void stop() {
    feed.close();
    log.close();
    http.close();
    server.close();
  }

  private RevocationFeed feed(Settings settings) {
    return new RevocationFeed(remote(), http, API, JOSE, settings, clock);
  }

  private RemoteIssuer remote() {
    return new RemoteIssuer(
        new HttpsFetcher(http, TIMEOUT, 64 * 1024),
        issuer,
        clock,
        new Freshness(Duration.ofHours(1), Duration.ZERO, Duration.ofHours(24)));
  }

  private JsonObject metadata(String feedPath) {
    return JsonObject.builder()
        .put("issuer", issuer.value())
        .put("authorization_endpoint", server.uri("/authorize").toString())
        .put("token_endpoint", server.uri("/token").toString())
        .put("jwks_uri", server.uri("/jwks").toString())
        .put("pushed_authorization_request_endpoint", server.uri("/par").toString())
        .put("revocation_feed_endpoint", server.uri(feedPath).toString())
        .build();
  }

  private FeedClaims claims(Instant iat, String... handles) {
    List<EndedGrant> grants =
        List.of(handles).stream()
            .map(handle -> new EndedGrant(handle, iat, iat.plusSeconds(300)))
            .toList();
    return new FeedClaims(issuer, API, Jti.random(RANDOM), iat, iat.plusSeconds(300), grants);
  }

  private void answers(FeedClaims claims, SigningKey key) {
    server.on(FEED, r -> Reply.text(200, claims.sign(JOSE, key)));
  }

  /** The feed of now, whenever that is, names these. */
  private void names(String... handles) {
    server.on(FEED, r -> Reply.text(200, claims(clock.instant(), handles).sign(JOSE, ISSUER_KEY)));
  }

  private void isDown() {
    server.on(FEED, r -> Reply.text(503, ""));
  }

  private VerifiedAccessToken token(Map<String, String> handles, Instant exp) {
    AccessTokenClaims claims =
        new AccessTokenClaims(
            issuer,
            new Subject("user-1"),
            List.of(AUDIENCE),
            new ClientId("app"),
            Jti.random(RANDOM),
            clock.instant(),
            exp,
            Scope.of("accounts"),
            new Confirmation.DpopKey(CLIENT_JKT),
            Optional.empty(),
            Optional.empty(),
            AuthorizationDetails.NONE,
            new GrantHandles(handles));
    return new AccessTokenVerifier(JOSE, issuer, AUDIENCE)
        .verify(
            claims.sign(JOSE, ISSUER_KEY),
            JwkSet.of(List.of(ISSUER_KEY.publicJwk())),
            clock.instant());
  }

  private VerifiedAccessToken token(String handle) {
    return token(Map.of(AUDIENCE, handle), clock.instant().plusSeconds(300));
  }

  private boolean stands(VerifiedAccessToken token) {
    return feed.stands(token, clock.instant());
  }

  private void refusesAll() {
    assertThatThrownBy(() -> stands(token("a")))
        .isInstanceOf(TokenStatusUnavailableException.class)
        .hasMessageStartingWith("revocation feed: ");
    assertThat(feed.health().refusing()).isTrue();
  }

  private void pass(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  @Test
  void refusesWhatTheFeedNamesAndNothingElse() {
    VerifiedAccessToken token = token("a");
    VerifiedAccessToken other = token("b");
    feed.start();
    assertThat(stands(token)).isTrue();

    names("a");
    pass(10);
    assertThat(stands(token)).isTrue();
    feed.fetchNow();

    assertThat(stands(token)).isFalse();
    assertThat(stands(other)).isTrue();
  }

  @Test
  void asksForItsOwnFeedWithoutSayingWhoItIs() {
    feed.start();
    assertThat(server.received(FEED)).hasSize(1);
    Received asked = server.received(FEED).getFirst();
    assertThat(asked.method()).isEqualTo("GET");
    assertThat(asked.query()).contains("resource=https%3A%2F%2Fapi.example.com");
    assertThat(asked.headers().first("Accept")).contains("application/secevent+jwt");
    assertThat(asked.headers().first("Authorization")).isEmpty();
  }

  @Test
  void keepsTheQueryThatTheEndpointHas() {
    server.on(METADATA, r -> Reply.json(200, metadata(FEED + "?tenant=1")));
    feed.start();
    assertThat(server.received(FEED).getFirst().query())
        .contains("tenant=1&resource=https%3A%2F%2Fapi.example.com");
  }

  @Test
  void goesOnByItself() throws InterruptedException {
    CountDownLatch thirdCame = new CountDownLatch(3);
    server.on(
        FEED,
        r -> {
          thirdCame.countDown();
          String[] ended = thirdCame.getCount() == 2 ? new String[0] : new String[] {"a"};
          return Reply.text(200, claims(clock.instant(), ended).sign(JOSE, ISSUER_KEY));
        });
    try (RevocationFeed quick =
        feed(new Settings(Duration.ofSeconds(1), Duration.ofSeconds(60), TIMEOUT))) {
      VerifiedAccessToken token = token("a");
      assertThat(quick.start().stands(token, clock.instant())).isTrue();
      // When it asks for the third, the second is in effect.
      assertThat(thirdCame.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(quick.stands(token, clock.instant())).isFalse();
    }
  }

  @Test
  void servesNothingBeforeTheFirstFeed() {
    refusesAll();
    isDown();
    feed.start();
    refusesAll();
    names();
    pass(10);
    feed.fetchNow();
    assertThat(stands(token("a"))).isTrue();
  }

  @Test
  void refusesATokenWithoutAHandleForThisResource() {
    feed.start();
    Instant exp = clock.instant().plusSeconds(300);
    assertThat(stands(token(Map.of(), exp))).isFalse();
    assertThat(stands(token(Map.of("https://other.example.com", "a"), exp))).isFalse();
    assertThat(stands(token(Map.of("https://other.example.com", "a", AUDIENCE, "b"), exp)))
        .isTrue();
  }

  @Test
  void reliesOnAFeedForAMinuteAndRecoversByItself() {
    feed.start();
    VerifiedAccessToken token = token("a");
    isDown();
    pass(59);
    feed.fetchNow();
    assertThat(stands(token)).isTrue();
    assertThat(log.events()).isEmpty();

    clock.advance(Duration.ofSeconds(1).minusNanos(1));
    assertThat(stands(token)).isTrue();
    clock.advance(Duration.ofNanos(1));
    refusesAll();
    feed.fetchNow();
    refusesAll();
    assertThat(log.texts())
        .singleElement()
        .asString()
        .startsWith("WARN")
        .contains("requests are refused", "answered 503");

    names();
    feed.fetchNow();
    assertThat(stands(token)).isTrue();
    feed.fetchNow();
    assertThat(log.texts()).hasSize(2).last().asString().startsWith("INFO").contains("again");
  }

  @Test
  void saysThatItRefusesEvenIfNobodyCalls() {
    feed.start();
    isDown();
    pass(60);
    feed.fetchNow();
    feed.fetchNow();
    assertThat(log.texts()).singleElement().asString().contains("requests are refused");
  }

  @Test
  void reliesOnNoFeedBeyondItsOwnEnd() {
    try (RevocationFeed patient =
        feed(new Settings(Duration.ofSeconds(10), Duration.ofMinutes(30), TIMEOUT))) {
      patient.start();
      VerifiedAccessToken token =
          token(Map.of(AUDIENCE, "a"), clock.instant().plus(Duration.ofHours(1)));
      isDown();
      clock.advance(Duration.ofMinutes(5).minusNanos(1));
      assertThat(patient.stands(token, clock.instant())).isTrue();
      clock.advance(Duration.ofNanos(1));
      assertThatThrownBy(() -> patient.stands(token, clock.instant()))
          .isInstanceOf(TokenStatusUnavailableException.class);
    }
  }

  @Test
  void reliesOnNothingWhileItsClockIsSetBack() {
    feed.start();
    pass(-31);
    refusesAll();
    pass(1);
    assertThat(stands(token("a"))).isTrue();
  }

  @Test
  void saysThatClocksDifferWhereWhatComesIsOldAlready() {
    server.on(
        FEED,
        r -> Reply.text(200, claims(clock.instant().minusSeconds(60)).sign(JOSE, ISSUER_KEY)));
    feed.start();
    refusesAll();
    assertThat(log.text()).contains("clocks differ");
  }

  @Test
  void keepsWhatWasNamedUntilItsTokensExpireEvenIfALaterFeedDoesNotNameIt() {
    names("a");
    VerifiedAccessToken token =
        token(Map.of(AUDIENCE, "a"), clock.instant().plus(Duration.ofHours(1)));
    feed.start();
    assertThat(stands(token)).isFalse();
    names();
    pass(299);
    feed.fetchNow();
    assertThat(stands(token)).isFalse();
    assertThat(feed.health().grants()).isEqualTo(1);
    pass(1);
    feed.fetchNow();
    assertThat(feed.health().grants()).isZero();
  }

  @Test
  void givesNoLeewayToATokenThatExpiredBeforeTheFeedWasMade() {
    VerifiedAccessToken token = token(Map.of(AUDIENCE, "a"), clock.instant().plusSeconds(20));
    feed.start();
    pass(20);
    assertThat(stands(token)).isTrue();
    feed.fetchNow();
    assertThat(stands(token)).isFalse();
  }

  @Test
  void isNotMovedByAnOlderFeedThatSomebodyKept() {
    FeedClaims kept = claims(clock.instant());
    pass(10);
    names("a");
    feed.start();
    answers(kept, ISSUER_KEY);
    pass(10);
    feed.fetchNow();
    assertThat(stands(token("a"))).isFalse();
    assertThat(feed.health().newest()).contains(clock.instant().minusSeconds(10));
    assertThat(feed.health().failed()).isEqualTo(1);
    pass(50);
    feed.fetchNow();
    refusesAll();
    assertThat(log.text()).contains("iat is before");
  }

  @Test
  @Requirement({"SP-5.4.3-1"})
  void takesNoFeedByAnotherKeyOrForAnotherResource() {
    answers(claims(clock.instant()), OTHER_KEY);
    feed.start();
    refusesAll();
    FeedClaims good = claims(clock.instant());
    answers(
        new FeedClaims(
            issuer,
            new ResourceIndicator("https://other.example.com"),
            good.jti(),
            good.iat(),
            good.exp(),
            good.grants()),
        ISSUER_KEY);
    feed.fetchNow();
    refusesAll();
    answers(good, ISSUER_KEY);
    feed.fetchNow();
    assertThat(stands(token("a"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b.c", "{}", "<html>"})
  void takesNothingThatIsNoFeed(String text) {
    server.on(FEED, r -> Reply.text(200, text));
    feed.start();
    refusesAll();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 400, 401, 404, 500})
  void takesNoAnswerOfAnotherStatus(int status) {
    server.on(
        FEED,
        r ->
            Reply.text(status, claims(clock.instant()).sign(JOSE, ISSUER_KEY))
                .with("Location", server.uri("/other").toString()));
    feed.start();
    refusesAll();
    assertThat(server.received("/other")).isEmpty();
  }

  @Test
  void takesNoFeedThatNeverEnds() {
    server.on(FEED, r -> Reply.text(200, "a").stalled());
    try (RevocationFeed hasty =
        feed(
            new Settings(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMillis(200)))) {
      hasty.start();
      assertThat(hasty.health().failed()).isEqualTo(1);
      assertThat(hasty.health().refusing()).isTrue();
    }
  }

  @Test
  void isUnableToSayWhereTheIssuerHasNoFeed() {
    JsonObject whole = metadata(FEED);
    Set<String> names = new HashSet<>(whole.names());
    names.remove("revocation_feed_endpoint");
    server.on(METADATA, r -> Reply.json(200, whole.only(names)));
    feed.start();
    refusesAll();
    assertThat(log.text()).contains("names no feed");
  }

  @Test
  void isUnableToSayWhileTheIssuerCannotBeReached() {
    server.on(METADATA, r -> Reply.text(500, ""));
    feed.start();
    refusesAll();
    server.on(METADATA, r -> Reply.json(200, metadata(FEED)));
    pass(10);
    feed.fetchNow();
    assertThat(stands(token("a"))).isTrue();
  }

  @Test
  void tellsHowItIsDoing() {
    assertThat(feed.health()).isEqualTo(new FeedHealth(Optional.empty(), 0, 0, 0, true));
    names("a", "b");
    feed.start();
    Instant first = clock.instant();
    assertThat(feed.health()).isEqualTo(new FeedHealth(Optional.of(first), 1, 0, 2, false));
    isDown();
    pass(60);
    feed.fetchNow();
    assertThat(feed.health()).isEqualTo(new FeedHealth(Optional.of(first), 1, 1, 2, true));
  }

  @Test
  void servesWhatItKnowsWhenItWasClosedAndFetchesNothing() {
    feed.start();
    feed.close();
    assertThat(stands(token("a"))).isTrue();
    assertThatIllegalStateException().isThrownBy(feed::fetchNow);
    assertThatIllegalStateException().isThrownBy(feed::start);
    pass(60);
    refusesAll();
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    Duration ten = Duration.ofSeconds(10);
    Duration minute = Duration.ofSeconds(60);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Settings(Duration.ofMillis(999), minute, ten));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Settings(Duration.ofSeconds(301), Duration.ofHours(1), ten));
    assertThatIllegalArgumentException().isThrownBy(() -> new Settings(ten, ten, ten));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> feed(new Settings(ten, minute, Duration.ZERO)));
  }
}
