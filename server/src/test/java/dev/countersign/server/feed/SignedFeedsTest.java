package dev.countersign.server.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.revocationfeed.EndedGrant;
import dev.countersign.protocol.revocationfeed.FeedClaims;
import dev.countersign.protocol.revocationfeed.FeedVerifier;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.issue.FamilyHandles;
import dev.countersign.server.refusal.AlwaysHeaders;
import dev.countersign.server.refusal.JsonErrors;
import dev.countersign.server.refusal.RequestEdge;
import dev.countersign.server.refusal.Route;
import dev.countersign.store.EndedFamilies.Ended;
import dev.countersign.store.EndedFamily;
import dev.countersign.store.TokenFamily;
import dev.countersign.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@Requirement({"SP-5.3.4-3"})
class SignedFeedsTest {
  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final ResourceIndicator API = new ResourceIndicator("https://api.example.com");
  private static final Jose JOSE = Jose.jdk();

  private final SecureRandom random = new SecureRandom();
  private final SigningKey key = JOSE.generate(SignatureAlgorithm.EDDSA, random);
  private final TestClock clock = new TestClock();
  private final byte[] old = random.generateSeed(32);
  private final byte[] young = random.generateSeed(32);

  private SignedFeeds feeds(FamilyHandles handles, int count, String... clients) {
    Instant end = clock.instant().plusSeconds(300);
    List<EndedFamily> families =
        IntStream.range(0, count)
            .mapToObj(n -> TokenFamily.of(new Jti("t" + n)))
            .map(family -> new EndedFamily(family, end))
            .toList();
    Map<ClientId, Instant> ofClients =
        Stream.of(clients).collect(Collectors.toMap(ClientId::new, _ -> end));
    return new SignedFeeds(
        JOSE,
        ISSUER,
        key,
        Duration.ofMinutes(5),
        (resource, now) -> new Ended(families, ofClients),
        handles,
        random);
  }

  private FeedClaims read(String feed) throws Exception {
    return new FeedVerifier(JOSE, ISSUER, API)
        .verify(
            FeedVerifier.parse(feed),
            JwkSet.of(List.of(key.publicJwk())),
            Optional.empty(),
            clock.instant())
        .claims();
  }

  @Test
  void refusesToLeaveOutAnyThatEnded() throws Exception {
    FamilyHandles handles = new FamilyHandles(JOSE, List.of(young));
    int most = FeedClaims.MOST_ENTRIES - 1;
    FeedClaims full = read(feeds(handles, most, "a").sign(API, clock.instant()));
    assertThat(full.grants()).hasSize(most);
    assertThat(full.clients()).hasSize(1);
    assertThatThrownBy(() -> feeds(handles, most, "a", "b").sign(API, clock.instant()))
        .isInstanceOfSatisfying(
            RefusalException.class,
            e ->
                assertThat(((Refusal.OAuth) e.refusal()).error())
                    .isEqualTo(OAuthError.TEMPORARILY_UNAVAILABLE));
  }

  @Test
  void isInTheOrderOfItsHandlesWhichIsAnotherForEachResource() throws Exception {
    SignedFeeds feeds = feeds(new FamilyHandles(JOSE, List.of(young)), 100, "b", "a", "c");
    FeedClaims feed = read(feeds.sign(API, clock.instant()));
    assertThat(feed.grants()).extracting(EndedGrant::handle).isSorted();
    assertThat(feed.clients())
        .extracting(client -> client.client().value())
        .containsExactly("a", "b", "c");
  }

  @Test
  void namesWhatTokensBearThatAKeyOfBeforeMade() throws Exception {
    TokenFamily family = TokenFamily.of(new Jti("t0"));
    FamilyHandles before = new FamilyHandles(JOSE, List.of(old));
    FamilyHandles now = new FamilyHandles(JOSE, List.of(young, old));
    assertThat(read(feeds(now, 1).sign(API, clock.instant())).grants())
        .extracting(EndedGrant::handle)
        .contains(before.of(family, API).getFirst())
        .hasSize(2);
  }

  @Test
  void keepsNoAnswerWhenTheClockIsSetBack() throws Exception {
    SignedFeeds feeds = feeds(new FamilyHandles(JOSE, List.of(young)), 0);
    RequestEdge edge =
        new RequestEdge(
            List.of(
                new Route(
                    "feed",
                    Set.of("GET"),
                    "/r",
                    new FeedEndpoint(Set.of(API), feeds),
                    new JsonErrors(),
                    AlwaysHeaders.none())),
            clock,
            random);
    HttpRequest request =
        new HttpRequest(
            "GET",
            "/r",
            Optional.of("resource=https%3A%2F%2Fapi.example.com"),
            Headers.of(List.of()),
            new byte[0],
            "127.0.0.1");
    Instant first = clock.instant();
    assertThat(read(text(edge.handle(request))).iat()).isEqualTo(first);
    // Who was overtaken by the answer to another gets that one.
    clock.advance(Duration.ofSeconds(-5));
    assertThat(read(text(edge.handle(request))).iat()).isEqualTo(first);
    clock.advance(Duration.ofHours(-1));
    assertThat(read(text(edge.handle(request))).iat()).isEqualTo(clock.instant());
  }

  private static String text(HttpResponse response) {
    return new String(response.body(), StandardCharsets.US_ASCII);
  }
}
