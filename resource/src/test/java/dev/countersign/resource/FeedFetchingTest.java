package dev.countersign.resource;

import static dev.countersign.resource.Scene.ISSUER_KEY;
import static dev.countersign.resource.Scene.JOSE;
import static dev.countersign.resource.Scene.OTHER_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.revocationfeed.FeedClaims;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.RevocationFeed.Settings;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a resource server fetches a feed, and which it takes. */
@Requirement({"SP-5.3.4-3", "ATT-51"})
class FeedFetchingTest extends FeedScene {
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
            good.grants(),
            good.clients()),
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
  void refusesSettingsThatMakeNoSense() {
    Duration ten = Duration.ofSeconds(10);
    Duration minute = Duration.ofSeconds(60);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Settings(Duration.ofMillis(999), minute, ten));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Settings(Duration.ofSeconds(301), Duration.ofHours(1), ten));
    assertThatIllegalArgumentException().isThrownBy(() -> new Settings(ten, ten, ten));
    assertThatIllegalArgumentException().isThrownBy(() -> new Settings(ten, minute, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Settings(ten, minute, minute.plusNanos(1)));
    assertThat(new Settings(ten, minute, minute).timeout()).isEqualTo(minute);
  }
}
