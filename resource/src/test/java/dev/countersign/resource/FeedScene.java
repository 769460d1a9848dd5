package dev.countersign.resource;

import static dev.countersign.resource.Scene.AUDIENCE;
import static dev.countersign.resource.Scene.CLIENT_JKT;
import static dev.countersign.resource.Scene.ISSUER_KEY;
import static dev.countersign.resource.Scene.JOSE;
import static dev.countersign.resource.Scene.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
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
import dev.countersign.protocol.revocationfeed.EndedClient;
import dev.countersign.protocol.revocationfeed.EndedGrant;
import dev.countersign.protocol.revocationfeed.FeedClaims;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.remote.StrictTls;
import dev.countersign.resource.RevocationFeed.Settings;
import dev.countersign.testkit.CapturedLog;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import dev.countersign.testkit.TestTls;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A scripted authorization server with a feed, and a resource server that follows it. */
abstract class FeedScene {
  static final String METADATA = "/.well-known/openid-configuration";
  static final String FEED = "/revocations";
  static final ResourceIndicator API = new ResourceIndicator(AUDIENCE);
  static final ClientId APP = new ClientId("app");
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  final ScriptedServer server = new ScriptedServer();
  final TestClock clock = new TestClock();
  final Issuer issuer = new Issuer(server.uri("").toString());
  final HttpClient http = StrictTls.httpClient(TestTls.LOCALHOST.trust(), TIMEOUT);
  final CapturedLog log = CapturedLog.aside(RevocationFeed.class.getName(), Level.INFO);
  final RevocationFeed feed = feed(Settings.usual());

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

  RevocationFeed feed(Settings settings) {
    return new RevocationFeed(remote(), http, API, JOSE, settings, clock);
  }

  RemoteIssuer remote() {
    return new RemoteIssuer(
        new HttpsFetcher(http, TIMEOUT, 64 * 1024),
        issuer,
        clock,
        new Freshness(Duration.ofHours(1), Duration.ZERO, Duration.ofHours(24)));
  }

  JsonObject metadata(String feedPath) {
    return JsonObject.builder()
        .put("issuer", issuer.value())
        .put("authorization_endpoint", server.uri("/authorize").toString())
        .put("token_endpoint", server.uri("/token").toString())
        .put("jwks_uri", server.uri("/jwks").toString())
        .put("pushed_authorization_request_endpoint", server.uri("/par").toString())
        .put("revocation_feed_endpoint", server.uri(feedPath).toString())
        .build();
  }

  /** A feed that names no client. */
  FeedClaims claims(Instant iat, String... handles) {
    return claims(iat, List.of(), handles);
  }

  FeedClaims claims(Instant iat, List<EndedClient> clients, String... handles) {
    List<EndedGrant> grants =
        List.of(handles).stream()
            .map(handle -> new EndedGrant(handle, iat.plusSeconds(300)))
            .toList();
    return new FeedClaims(
        issuer, API, Jti.random(RANDOM), iat, iat.plusSeconds(300), grants, clients);
  }

  void answers(FeedClaims claims, SigningKey key) {
    server.on(FEED, r -> Reply.text(200, claims.sign(JOSE, key)));
  }

  /** The feed of now, whenever that is, names these. */
  void names(String... handles) {
    server.on(FEED, r -> Reply.text(200, claims(clock.instant(), handles).sign(JOSE, ISSUER_KEY)));
  }

  /** The feed of now, whenever that is, says that so much of a client ended as one. */
  void namesClient(ClientId client, Instant expiresAt) {
    List<EndedClient> clients = List.of(new EndedClient(client, expiresAt));
    server.on(FEED, r -> Reply.text(200, claims(clock.instant(), clients).sign(JOSE, ISSUER_KEY)));
  }

  void isDown() {
    server.on(FEED, r -> Reply.text(503, ""));
  }

  VerifiedAccessToken token(Map<String, String> handles, Instant exp) {
    AccessTokenClaims claims =
        new AccessTokenClaims(
            issuer,
            new Subject("user-1"),
            List.of(AUDIENCE),
            APP,
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

  VerifiedAccessToken token(String handle) {
    return token(Map.of(AUDIENCE, handle), clock.instant().plusSeconds(300));
  }

  boolean stands(VerifiedAccessToken token) {
    return feed.stands(token, clock.instant());
  }

  void refusesAll() {
    assertThatThrownBy(() -> stands(token("a")))
        .isInstanceOf(TokenStatusUnavailableException.class)
        .hasMessageStartingWith("revocation feed: ");
    assertThat(feed.health().refusing()).isTrue();
  }

  void pass(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }
}
