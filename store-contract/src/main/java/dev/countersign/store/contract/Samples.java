package dev.countersign.store.contract;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.authorization.ClaimsRequest;
import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.State;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.store.AllowedClaims;
import dev.countersign.store.Consent;
import dev.countersign.store.Grant;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.KeyRecord;
import dev.countersign.store.Login;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewClientToken;
import dev.countersign.store.NewConsent;
import dev.countersign.store.NewRefreshToken;
import dev.countersign.store.OnceKey;
import dev.countersign.store.OpaqueAccessToken;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.Registration;
import dev.countersign.store.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Values to keep in a store. What must be unique in a store is different at each call; nothing is
 * random, so that a failure comes again. Safe for use by any number of threads at once.
 */
public final class Samples {

  /** When most tests play; odd nanoseconds show whether a store rounds. */
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");

  /** The smallest step of time. */
  public static final Duration STEP = Duration.ofNanos(1);

  /** The client of all requests here. */
  public static final ClientId CLIENT = new ClientId("client-1");

  /** A resource that all grants and tokens here are for. */
  public static final ResourceIndicator API = new ResourceIndicator("https://api.example/v1");

  /** A client that nothing here belongs to. */
  public static final ClientId OTHER_CLIENT = new ClientId("client-2");

  private static final String THUMBPRINT = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

  private final String prefix;
  private final AtomicInteger count = new AtomicInteger();

  /** Values that no other prefix makes. */
  public Samples(String prefix) {
    this.prefix = prefix;
  }

  /** The digest of a secret that was not there before. */
  public SecretDigest digest() {
    return SecretDigest.of(next());
  }

  /** A one-time key that was not there before, an assertion's and a proof's in turn. */
  public OnceKey onceKey() {
    return onceKey(NOW.plusSeconds(60));
  }

  /** A one-time key that was not there before. */
  public OnceKey onceKey(Instant until) {
    int number = count.incrementAndGet();
    Jti jti = new Jti(prefix + number);
    return number % 2 == 0
        ? OnceKey.clientAssertion(CLIENT, jti, until)
        : OnceKey.dpopProof(new Thumbprint(THUMBPRINT), jti, until);
  }

  /** A request with little in it. */
  public static AuthorizationRequest request() {
    return AuthorizationRequest.builder(
            CLIENT,
            new RedirectUri("https://client.example/callback"),
            new CodeChallenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"))
        .build();
  }

  /** A request with everything in it. */
  public static AuthorizationRequest fullRequest() {
    return AuthorizationRequest.builder(
            CLIENT,
            new RedirectUri("https://client.example/callback?a=b&c=%20%26"),
            new CodeChallenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"))
        .scope(new Scope(List.of("openid", "accounts:read", "payments")))
        .state(new State("state+with &=% signs"))
        .nonce(new Nonce("0123456789012345678901234567890123456789012345678901234567890123"))
        .resources(
            List.of(
                new ResourceIndicator("https://api.example/v1"),
                new ResourceIndicator("https://api.example/v2?x=1&y=2")))
        .dpopJkt(new Thumbprint(THUMBPRINT))
        .prompt(Set.of(Prompt.LOGIN, Prompt.CONSENT))
        .maxAge(Duration.ofMinutes(5))
        .acrValues(List.of("urn:example:strong", "urn:example:weak"))
        .loginHint("jos\u00e9 & co")
        .uiLocales("de-CH fr")
        .claims(
            ClaimsRequest.parse(
                "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"a\",\"b\"]},\"x\":null}}"))
        .authorizationDetails(details())
        .grantManagement(GrantManagement.merge(new GrantId("grant-1")))
        .build();
  }

  /** A pushed request that ends 90 seconds after {@link #NOW}. */
  public PushedRequest pushed() {
    return new PushedRequest(digest(), request(), false, NOW.plusSeconds(90));
  }

  /** A login with everything in it. */
  public static Login login() {
    return new Login(
        new Subject("person-1"), NOW.minusSeconds(10), Optional.of("urn:example:strong"));
  }

  /** A grant that was not there before. */
  public Grant grant() {
    return new Grant(
        new GrantId(next()),
        CLIENT,
        login(),
        new Scope(List.of("openid", "accounts:read")),
        List.of(
            new ResourceIndicator("https://api.example/v1"),
            new ResourceIndicator("https://api.example/v2")),
        new AllowedClaims(
            List.of("email"), List.of("email", "https://example.info/claims/shoe size")),
        details(),
        NOW);
  }

  /** Authorization details with something of every kind in them. */
  public static AuthorizationDetails details() {
    return details(
        """
        [{"type":"payment_initiation","locations":["https://api.example/v1"],
          "instructedAmount":{"currency":"EUR","amount":"123.50"},
          "creditorName":"Jos\u00e9 & \\"co\\"",
          "rate":1.250,"times":12,"urgent":false,"remark":null},
         {"type":"account_information","actions":["list_accounts","read_balances"]}]\
        """);
  }

  /** Authorization details of this text, an array. */
  public static AuthorizationDetails details(String json) {
    return AuthorizationDetails.parse(json);
  }

  /** A consent to all that {@link #grant} holds, remembered for an hour after {@link #NOW}. */
  public static NewConsent consent() {
    return new NewConsent(
        Consent.to(
            Scope.of("openid", "accounts:read"),
            List.of(
                new ResourceIndicator("https://api.example/v1"),
                new ResourceIndicator("https://api.example/v2")),
            Set.of("email", "https://example.info/claims/shoe size"),
            true),
        NOW.plusSeconds(3600));
  }

  /** A code that ends 60 seconds after {@link #NOW}. */
  public IssuedCode code() {
    return new IssuedCode(digest(), request(), grant(), true, NOW.plusSeconds(60));
  }

  /** An access token that ends 300 seconds after {@link #NOW}. */
  public NewAccessToken accessToken() {
    return accessToken(NOW.plusSeconds(300));
  }

  /** An access token that was not there before. */
  public NewAccessToken accessToken(Instant expiresAt) {
    return new NewAccessToken(new Jti(next()), expiresAt);
  }

  /** A token that the client of all requests here gets for itself; it is in no registration. */
  public static NewClientToken ofClient(NewAccessToken token) {
    return of(CLIENT, token);
  }

  /** A token that a client gets for itself, which is in no registration. */
  public static NewClientToken of(ClientId client, NewAccessToken token) {
    return new NewClientToken(client, false, List.of(API), token);
  }

  /** An opaque access token that ends 300 seconds after {@link #NOW}. */
  public NewAccessToken opaqueAccessToken() {
    JsonObject claims =
        JsonObject.builder().put("sub", "person-1").put("scope", "accounts:read").build();
    return new NewAccessToken(
        new Jti(next()),
        NOW.plusSeconds(300),
        Optional.of(new OpaqueAccessToken(digest(), claims)));
  }

  /** A refresh token that ends with its grant. */
  public NewRefreshToken refreshToken() {
    return new NewRefreshToken(digest(), Optional.empty());
  }

  /** A refresh token that was not there before. */
  public NewRefreshToken refreshToken(Instant expiresAt) {
    return new NewRefreshToken(digest(), Optional.of(expiresAt));
  }

  /** A session that ends an hour after {@link #NOW}. */
  public Session session() {
    return new Session(digest(), login(), NOW.plusSeconds(3600));
  }

  /** A key of the server, made this many seconds after {@link #NOW}. */
  public KeyRecord key(String id, int age) {
    JsonObject secret =
        JsonObject.builder().put("kty", "OKP").put("d", "d-of-" + id).put("kid", id).build();
    return new KeyRecord(id, secret, NOW.plusSeconds(age));
  }

  /** A registration of a client that was not there before. */
  public Registration registration() {
    return registration(new ClientId(next()));
  }

  /** A registration of this client, with a token that was not there before. */
  public Registration registration(ClientId client) {
    JsonObject metadata =
        JsonObject.builder()
            .put("client_name", "Caf\u00e9 & co")
            .put("redirect_uris", List.of("https://client.example/callback?a=b"))
            .build();
    return new Registration(client, digest(), metadata, NOW, false);
  }

  private String next() {
    return prefix + "-" + count.incrementAndGet();
  }
}
