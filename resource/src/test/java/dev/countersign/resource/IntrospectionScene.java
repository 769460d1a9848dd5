package dev.countersign.resource;

import static dev.countersign.resource.Scene.AUDIENCE;
import static dev.countersign.resource.Scene.CLIENT_JKT;
import static dev.countersign.resource.Scene.JOSE;
import static dev.countersign.resource.Scene.RANDOM;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.remote.StrictTls;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import dev.countersign.testkit.TestTls;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A scripted authorization server that says what it thinks of tokens, and who asks it. */
abstract class IntrospectionScene {
  static final String METADATA = "/.well-known/openid-configuration";
  static final String INTROSPECT = "/introspect";
  static final String INACTIVE = "{\"active\":false}";
  static final ClientId API = new ClientId("api");
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  final ScriptedServer server = new ScriptedServer();
  final TestClock clock = new TestClock();
  final Issuer issuer = new Issuer(server.uri("").toString());
  final SigningKey key = JOSE.generate(SignatureAlgorithm.ES256, RANDOM);
  final HttpClient http = StrictTls.httpClient(TestTls.LOCALHOST.trust(), TIMEOUT);
  final Introspection introspection = introspection(TIMEOUT);

  @BeforeEach
  void publish() {
    server.on(METADATA, r -> Reply.json(200, metadata().build()));
    server.on(
        "/jwks", r -> Reply.json(200, JwkSet.of(List.of(Scene.ISSUER_KEY.publicJwk())).toJson()));
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  Introspection introspection(Duration timeout) {
    return introspection(timeout, new IntrospectionCaller.PrivateKeyJwt(API, key, JOSE, RANDOM));
  }

  Introspection introspection(IntrospectionCaller caller) {
    return introspection(TIMEOUT, caller);
  }

  Introspection introspection(Duration timeout, IntrospectionCaller caller) {
    return Introspection.of(
        new RemoteIssuer(
            new HttpsFetcher(http, TIMEOUT, 64 * 1024),
            issuer,
            clock,
            new Freshness(Duration.ofHours(1), Duration.ofSeconds(30), Duration.ofHours(24))),
        new HttpsExchange(http, timeout, 4096),
        caller,
        new ResourceIndicator(AUDIENCE));
  }

  JsonObject.Builder metadata() {
    return JsonObject.builder()
        .put("issuer", issuer.value())
        .put("authorization_endpoint", server.uri("/authorize").toString())
        .put("token_endpoint", server.uri("/token").toString())
        .put("jwks_uri", server.uri("/jwks").toString())
        .put("pushed_authorization_request_endpoint", server.uri("/par").toString())
        .put("introspection_endpoint", server.uri(INTROSPECT).toString());
  }

  VerifiedAccessToken token() {
    Instant now = clock.instant();
    AccessTokenClaims claims =
        new AccessTokenClaims(
            issuer,
            new Subject("user-1"),
            List.of(AUDIENCE),
            new ClientId("app"),
            Jti.random(RANDOM),
            now,
            now.plusSeconds(30),
            Scope.of("accounts"),
            new Confirmation.DpopKey(CLIENT_JKT),
            Optional.empty(),
            Optional.empty(),
            AuthorizationDetails.NONE,
            GrantHandles.NONE);
    return new AccessTokenVerifier(JOSE, issuer, AUDIENCE)
        .verify(claims.sign(JOSE, key), JwkSet.of(List.of(key.publicJwk())), now);
  }

  static JsonObject active(VerifiedAccessToken token) {
    return IntrospectionResponse.Active.of(
            token.claims(),
            token.claims().aud(),
            token.claims().scope(),
            token.claims().authorizationDetails(),
            token.claims().grantHandles())
        .toJson();
  }

  static JsonObject without(JsonObject json, String name) {
    Set<String> names = new LinkedHashSet<>(json.names());
    names.remove(name);
    return json.only(names);
  }

  void answers(JsonObject body) {
    server.on(INTROSPECT, r -> Reply.json(200, body));
  }

  boolean stands(VerifiedAccessToken token) {
    return introspection.stands(token, clock.instant());
  }

  void isUnable(Introspection asking, VerifiedAccessToken token) {
    assertThatThrownBy(() -> asking.stands(token, clock.instant()))
        .isInstanceOf(TokenStatusUnavailableException.class)
        .hasMessageStartingWith("introspection: ")
        .message()
        .doesNotContain(token.token().reveal());
  }

  /** A signed answer (RFC 9701). */
  Reply jwt(SigningKey by, String audience, IntrospectionResponse answer) {
    return Reply.text(
        200,
        IntrospectionJwt.sign(JOSE, by, issuer, new ClientId(audience), answer, clock.instant()));
  }
}
