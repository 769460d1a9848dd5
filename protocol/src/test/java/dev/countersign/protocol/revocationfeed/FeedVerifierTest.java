package dev.countersign.protocol.revocationfeed;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static dev.countersign.protocol.fixture.Jwts.OTHER_KEY;
import static dev.countersign.protocol.fixture.Jwts.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.fixture.Jwts;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"SP-5.3.4-3"})
class FeedVerifierTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final ResourceIndicator API = new ResourceIndicator("https://api.example.com");
  private static final EndedGrant GRANT = new EndedGrant("h-1", NOW.plusSeconds(240));
  private static final EndedClient OF_CLIENT =
      new EndedClient(new ClientId("client-1"), NOW.plusSeconds(201));

  private final FeedVerifier verifier = new FeedVerifier(JOSE, ISSUER, API);

  private static FeedClaims claims(Instant iat) {
    return new FeedClaims(
        ISSUER,
        API,
        Jti.random(RANDOM),
        iat,
        iat.plusSeconds(60),
        List.of(GRANT),
        List.of(OF_CLIENT));
  }

  private static FeedClaims claims(List<EndedGrant> grants) {
    Instant end = NOW.plusSeconds(60);
    return new FeedClaims(ISSUER, API, Jti.random(RANDOM), NOW, end, grants, List.of(OF_CLIENT));
  }

  private static String feed() {
    return claims(NOW).sign(JOSE, KEY);
  }

  private static JsonObject json() throws InvalidJwtException {
    return CompactJws.parse(feed()).unverifiedClaims();
  }

  private static String signed(JsonObject claims) {
    return JOSE.sign(JsonObject.builder().put("typ", "secevent+jwt").build(), claims, KEY);
  }

  private static JsonObject without(JsonObject json, String name) {
    Set<String> names = new HashSet<>(json.names());
    names.remove(name);
    return json.only(names);
  }

  private static JsonObject.Builder other(String name) throws InvalidJwtException {
    return without(json(), name).toBuilder();
  }

  private static JsonObject events(JsonObject event) throws InvalidJwtException {
    JsonObject events = JsonObject.builder().put(FeedClaims.EVENT, event).build();
    return other("events").put("events", events).build();
  }

  private static JsonObject grant() {
    return JsonObject.builder()
        .put("handle", "h-1")
        .put("expires_at", NOW.getEpochSecond())
        .build();
  }

  private static String with(JsonObject grant) throws InvalidJwtException {
    return signed(events(event(List.of(grant), List.of())));
  }

  private static JsonObject event(List<JsonObject> grants, List<JsonObject> clients) {
    return JsonObject.builder().put("grants", grants).put("clients", clients).build();
  }

  private static String withClient(JsonObject client) throws InvalidJwtException {
    return signed(events(event(List.of(), List.of(client))));
  }

  private VerifiedFeed verify(String feed, Optional<VerifiedFeed> before, Instant now)
      throws InvalidJwtException {
    JwkSet keys = JwkSet.of(List.of(KEY.publicJwk()));
    return verifier.verify(FeedVerifier.parse(feed), keys, before, now);
  }

  private VerifiedFeed verify(String feed) throws InvalidJwtException {
    return verify(feed, Optional.empty(), NOW);
  }

  private void refuses(String feed, Optional<VerifiedFeed> before, Instant now) {
    assertThatExceptionOfType(InvalidJwtException.class)
        .isThrownBy(() -> verify(feed, before, now));
  }

  private void refuses(String feed) {
    refuses(feed, Optional.empty(), NOW);
  }

  @Test
  void comesAsASecurityEventTokenThatNamesHandlesAndClients() throws Exception {
    FeedClaims claims = claims(NOW);
    CompactJws jwt = CompactJws.parse(claims.sign(JOSE, KEY));
    assertThat(jwt.type()).contains("secevent+jwt");
    assertThat(jwt.unverifiedClaims().toJson())
        .isEqualTo(
            "{\"iss\":\"https://as.example.com\",\"aud\":\"https://api.example.com\",\"jti\":\""
                + claims.jti()
                + "\",\"iat\":1772366400,\"exp\":1772366460,\"events\":"
                + "{\"urn:uuid:61652cc8-8b2b-4c1c-9f35-67907ce6049d\":{\"grants\":[{\"handle\":"
                + "\"h-1\",\"expires_at\":1772366640}],\"clients\":[{\"client_id\":\"client-1\","
                + "\"expires_at\":1772366601}]}}}");
    assertThat(verify(claims.sign(JOSE, KEY)).claims()).isEqualTo(claims);
  }

  @Test
  void roundsTheEndOfTokensUpSoThatNoneIsForgottenTooEarly() throws Exception {
    Instant end = NOW.plusSeconds(60).plusMillis(1);
    FeedClaims claims =
        new FeedClaims(
            ISSUER,
            API,
            Jti.random(RANDOM),
            NOW,
            NOW.plusSeconds(1),
            List.of(
                new EndedGrant("h", end),
                new EndedGrant("i", NOW.plusSeconds(60)),
                new EndedGrant("j", NOW.plusSeconds(1))),
            List.of(new EndedClient(new ClientId("c"), end)));
    FeedClaims read = verify(claims.sign(JOSE, KEY)).claims();
    // To a minute, so that two resource servers cannot tell by it that theirs are the same.
    assertThat(read.grants())
        .containsExactly(
            new EndedGrant("h", NOW.plusSeconds(120)),
            new EndedGrant("i", NOW.plusSeconds(60)),
            new EndedGrant("j", NOW.plusSeconds(60)));
    assertThat(read.clients())
        .containsExactly(new EndedClient(new ClientId("c"), NOW.plusSeconds(61)));
  }

  @Test
  void isGoodUntilItExpiresAndForClocksThatDifferByHalfAMinute() throws Exception {
    assertThat(verify(feed(), Optional.empty(), NOW.plusSeconds(60).minusNanos(1))).isNotNull();
    refuses(feed(), Optional.empty(), NOW.plusSeconds(60));
    assertThat(verify(feed(), Optional.empty(), NOW.minusSeconds(30))).isNotNull();
    refuses(feed(), Optional.empty(), NOW.minusSeconds(30).minusNanos(1));
  }

  @Test
  void refusesAFeedOfBeforeThatSomebodyKept() throws Exception {
    String kept = claims(NOW.minusSeconds(1)).sign(JOSE, KEY);
    Optional<VerifiedFeed> newest = Optional.of(verify(feed()));
    assertThat(verify(kept)).isNotNull();
    refuses(kept, newest, NOW);
    assertThat(verify(claims(NOW).sign(JOSE, KEY), newest, NOW)).isNotNull();
    assertThat(verify(claims(NOW.plusSeconds(1)).sign(JOSE, KEY), newest, NOW)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "JWT", "secevent", "logout+jwt"})
  void refusesAnotherType(String typ) throws Exception {
    refuses(JOSE.sign(JsonObject.builder().put("typ", typ).build(), json(), KEY));
    refuses(JOSE.sign(JsonObject.builder().build(), json(), KEY));
    assertThat(verify(signed(json()))).isNotNull();
  }

  @Test
  @Requirement({"SP-5.4.3-1", "SP-5.4.1-1.1"})
  void refusesAnotherKeyAndABrokenSignature() {
    refuses(claims(NOW).sign(JOSE, OTHER_KEY));
    refuses(Jwts.withBrokenSignature(feed()));
  }

  @Test
  void refusesAnotherIssuer() throws Exception {
    refuses(signed(other("iss").put("iss", ISSUER.value() + "/").build()));
  }

  @Test
  void refusesAFeedThatIsNotForThisResourceServerAlone() throws Exception {
    refuses(signed(other("aud").put("aud", API + "/").build()));
    refuses(signed(other("aud").put("aud", List.of(API.value(), "https://b.example.com")).build()));
    refuses(signed(other("aud").put("aud", List.of()).build()));
    assertThat(verify(signed(other("aud").put("aud", List.of(API.value())).build()))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "aud", "jti", "iat", "exp", "events"})
  void refusesAFeedThatLeavesSomethingOut(String name) throws Exception {
    refuses(signed(without(json(), name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "aud", "jti", "iat", "exp", "events"})
  void refusesAMemberOfAnotherKind(String name) throws Exception {
    refuses(signed(other(name).put(name, true).build()));
  }

  @Test
  void refusesAFeedThatIsGoodForNoTime() throws Exception {
    refuses(signed(other("exp").put("exp", NOW.getEpochSecond()).build()));
    assertThat(verify(signed(other("exp").put("exp", NOW.getEpochSecond() + 1).build())))
        .isNotNull();
  }

  @Test
  void refusesEventsWithoutOurs() throws Exception {
    JsonObject nothing = JsonObject.builder().build();
    refuses(signed(other("events").put("events", nothing).build()));
    refuses(
        signed(
            other("events")
                .put("events", JsonObject.builder().put("urn:uuid:0", nothing).build())
                .build()));
    refuses(signed(events(nothing)));
    JsonObject whole = event(List.of(grant()), List.of());
    assertThat(verify(signed(events(whole)))).isNotNull();
    for (String list : List.of("grants", "clients")) {
      JsonObject.Builder rest = without(whole, list).toBuilder();
      refuses(signed(events(rest.build())));
      refuses(signed(events(rest.put(list, nothing).build())));
      refuses(signed(events(without(whole, list).toBuilder().put(list, List.of("h-1")).build())));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"handle", "expires_at"})
  void refusesAGrantThatLeavesSomethingOut(String name) throws Exception {
    assertThat(verify(with(grant())).claims().grants()).hasSize(1);
    refuses(with(without(grant(), name)));
    refuses(with(without(grant(), name).toBuilder().put(name, false).build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id", "expires_at"})
  void refusesAClientThatLeavesSomethingOut(String name) throws Exception {
    assertThat(verify(withClient(OF_CLIENT.toJson())).claims().clients())
        .containsExactly(OF_CLIENT);
    JsonObject rest = without(OF_CLIENT.toJson(), name);
    refuses(withClient(rest));
    refuses(withClient(rest.toBuilder().put(name, "").build()));
  }

  @Test
  void ignoresWhatItDoesNotKnowAsTheRfcHasIt() throws Exception {
    assertThat(verify(signed(json().toBuilder().put("txn", "t").build()))).isNotNull();
    assertThat(verify(with(grant().toBuilder().put("why", "x").build()))).isNotNull();
  }

  @Test
  void takesNoHandleThatIsEmptyOrLong() throws Exception {
    JsonObject.Builder grant = without(grant(), "handle").toBuilder();
    refuses(with(grant.put("handle", "x".repeat(129)).build()));
    JsonObject longest =
        without(grant(), "handle").toBuilder().put("handle", "x".repeat(128)).build();
    assertThat(verify(with(longest))).isNotNull();
    assertThatIllegalArgumentException().isThrownBy(() -> new EndedGrant("", NOW));
  }

  @Test
  void takesAsManyGrantsAsItSaysAndNotOneMore() throws Exception {
    List<EndedGrant> most = new ArrayList<>();
    for (int i = 1; i < FeedClaims.MOST_ENTRIES; i++) {
      most.add(new EndedGrant("%043d".formatted(i), NOW.plusSeconds(300)));
    }
    String feed = claims(most).sign(JOSE, KEY);
    assertThat(feed.length()).isLessThan(FeedVerifier.MAX_LENGTH);
    assertThat(verify(feed).claims().grants()).hasSize(FeedClaims.MOST_ENTRIES - 1);

    most.add(GRANT);
    assertThatIllegalArgumentException().isThrownBy(() -> claims(most));
    refuses(
        signed(
            events(
                event(
                    most.stream().map(EndedGrant::toJson).toList(), List.of(OF_CLIENT.toJson())))));
  }

  @Test
  void refusesWhatIsTooLongBeforeLookingAtIt() {
    assertThatExceptionOfType(InvalidJwtException.class)
        .isThrownBy(() -> FeedVerifier.parse("a".repeat(FeedVerifier.MAX_LENGTH + 1)))
        .withMessageContaining("longer than");
  }
}
