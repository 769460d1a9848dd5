package dev.countersign.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.Tokens;
import dev.countersign.it.samples.FollowingApi;
import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.revocationfeed.FeedVerifier;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.RevocationFeed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bank that asks nobody and follows the feed: what the authorization server ended is refused
 * after one poll.
 */
@Requirement({"SP-5.3.4-3", "ATT-51", "A7-11", "RV-2"})
class RefusedAfterAPollTest {
  private static final Duration KEPT_BY_SERVER = Duration.ofSeconds(1);

  private final AtomicReference<Optional<RevocationFeed>> opened =
      new AtomicReference<>(Optional.empty());
  private World world;
  private Bank bank;
  private RevocationFeed feed;
  private FapiClient client;

  @BeforeEach
  void open(@TempDir Path folder) {
    world = new World(folder, Jose.jdk());
    world.stopBank();
    bank =
        Bank.open(
            world.tls(),
            world.jose(),
            world.issuer(),
            world.bankUrl(),
            world.random(),
            (issuer, _) -> {
              opened.set(
                  Optional.of(FollowingApi.feed(issuer, world.http(), self(), world.clock())));
              return opened.get().orElseThrow();
            },
            world.clock());
    feed = opened.get().orElseThrow();
    client = world.client();
  }

  @AfterEach
  void close() {
    feed.close();
    bank.close();
    world.close();
  }

  private ResourceIndicator self() {
    return new ResourceIndicator(world.bankUrl().toString());
  }

  private ResourceResponse accounts(Tokens tokens) throws ClientException {
    return client.call(tokens, ResourceRequest.get(world.accounts()));
  }

  private void isServed(Tokens tokens) throws ClientException {
    assertThat(accounts(tokens).status()).isEqualTo(200);
  }

  private void isRefused(Tokens tokens) throws ClientException {
    ResourceResponse refused = accounts(tokens);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(Challenge.parse(refused.headers().all(Challenge.HEADER)))
        .extracting(challenge -> challenge.attribute("error"))
        .containsExactly(Optional.of("invalid_token"));
  }

  private void poll() {
    world.pass(KEPT_BY_SERVER);
    feed.fetchNow();
  }

  private static JsonObject claims(AccessToken token) throws InvalidJwtException {
    return CompactJws.parse(token.reveal()).unverifiedClaims();
  }

  @Test
  void theTokensOfAGrantThatWasGivenBackAndOfNoOther() throws ClientException {
    Tokens tokens = world.journey(client);
    Tokens fresh = client.refresh(tokens);
    Tokens others = world.journey(client);
    isServed(tokens);
    isServed(fresh);

    client.revoke(tokens);
    poll();

    isRefused(tokens);
    isRefused(fresh);
    isServed(others);
  }

  @Test
  void aTokenOfTheClientItselfThatWasGivenBack() throws ClientException {
    Tokens own = client.clientCredentials(Scope.of("accounts"), List.of());
    Tokens next = client.clientCredentials(Scope.of("accounts"), List.of());
    isServed(own);

    client.revoke(own);
    poll();

    isRefused(own);
    isServed(next);
  }

  @Test
  @Requirement({"DC-4", "SP-6.8-4"})
  void allThatAClientHadWhoseRegistrationEndedAndNothingOfAnother() throws ClientException {
    Registrant.Initial initial = Registrant.Initial.byTheCommand();
    world.restartServer(yaml -> yaml + RegistrationJourneyTest.letsRegister(initial));
    Registrant registrant = Registrant.register(world, initial.token(), metadata());
    FapiClient registered =
        FapiClient.builder(
                world.issuer(), registrant.id(), world.app().key(), world.app().redirectUri())
            .httpClient(world.http())
            .dpopKey(world.app().dpopKey())
            .build();
    Tokens tokens = world.journey(registered);
    Tokens own = registered.clientCredentials(Scope.of("accounts"), List.of());
    Tokens others = world.journey(client);
    poll();
    isServed(tokens);
    isServed(own);

    registrant.end();
    poll();

    isRefused(tokens);
    isRefused(own);
    isServed(others);
    assertThat(feed.health().grants()).isZero();
  }

  private JsonObject metadata() {
    JsonObject keys =
        JsonObject.builder().put("keys", List.of(world.app().key().publicJwk().toJson())).build();
    return JsonObject.builder()
        .put("client_name", "Registered Budget")
        .put("redirect_uris", List.of(world.app().redirectUri().value()))
        .put("grant_types", List.of("authorization_code", "refresh_token", "client_credentials"))
        .put("scope", "openid profile accounts")
        .put("jwks", keys)
        .build();
  }

  @Test
  @Requirement({"SP-5.3.2.2-9", "SP-6.8-4"})
  void theTokensOfACodeThatWasReplayed() throws ClientException {
    Tokens tokens = world.journey(client);
    Exchange redemption =
        world
            .wire()
            .newest(
                world.app().tokenEndpoint(), one -> one.status() == 200 && one.form().has("code"));
    assertThat(world.app().token(redemption.form()).outcome()).isEqualTo("400 invalid_grant");
    poll();
    isRefused(tokens);
  }

  @Test
  void nothingIsServedWhenTheServerIsAwayForLongAndEverythingWhenItIsBack() throws Exception {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    FollowingApi.measure(feed, world.clock(), metrics);
    Tokens tokens = world.journey(client);
    world.stopServer();
    feed.fetchNow();
    isServed(tokens);
    assertThat(metrics.get("revocation.feed.refusing").gauge().value()).isZero();

    world.pass(Duration.ofSeconds(60));

    assertThat(accounts(tokens).status()).isEqualTo(503);
    assertThat(metrics.get("revocation.feed.refusing").gauge().value()).isEqualTo(1);
    assertThat(metrics.get("revocation.feed.age").timeGauge().value()).isGreaterThan(59);
    assertThat(
            metrics
                .get("revocation.feed.fetches")
                .tag("outcome", "failed")
                .functionCounter()
                .count())
        .isEqualTo(1);

    world.startServer();
    feed.fetchNow();

    isServed(tokens);
    assertThat(metrics.get("revocation.feed.refusing").gauge().value()).isZero();
  }

  @Test
  void theFeedNamesNeitherPersonNorClientNorGrantNorToken() throws Exception {
    Tokens tokens = world.journey(client);
    JsonObject token = claims(tokens.accessToken());
    client.revoke(tokens);
    poll();

    String url = world.issuer().value() + "/revocations?resource=";
    String came =
        world
            .wire()
            .newest(
                URI.create(url + URLEncoder.encode(self().value(), StandardCharsets.UTF_8)),
                one -> one.status() == 200)
            .answer();
    String said = FeedVerifier.parse(came).unverifiedClaims().toJson();
    assertThat(said)
        .contains(handle(token))
        .doesNotContain(World.SUBJECT, "budget-app", token.string("jti").orElseThrow());
    assertThat(feed.health().grants()).isEqualTo(1);
  }

  private String handle(JsonObject token) throws MalformedJsonException {
    return GrantHandles.read(token).of(self().value()).orElseThrow();
  }
}
