package dev.countersign.resource;

import static dev.countersign.resource.Scene.AUDIENCE;
import static dev.countersign.resource.Scene.ISSUER_KEY;
import static dev.countersign.resource.Scene.JOSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.RevocationFeed.Settings;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a resource server makes of the feeds that came. */
@Requirement({"SP-5.3.4-3", "ATT-51"})
class RevocationFeedTest extends FeedScene {
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
  void refusesWhatAClientHadThatEndedAsOneAndNotWhatItGotSince() {
    Instant end = clock.instant().plusSeconds(300);
    VerifiedAccessToken last = token("a");
    VerifiedAccessToken next = token(Map.of(AUDIENCE, "b"), end.plusSeconds(1));
    namesClient(APP, end);
    feed.start();
    assertThat(stands(last)).isFalse();
    assertThat(stands(next)).isTrue();

    namesClient(new ClientId("App"), end);
    try (RevocationFeed fresh = feed(Settings.usual())) {
      assertThat(fresh.start().stands(last, clock.instant())).isTrue();
    }
  }

  @Test
  void keepsAClientThatWasNamedUntilItsTokensExpire() {
    Instant end = clock.instant().plusSeconds(300);
    VerifiedAccessToken last = token("a");
    namesClient(APP, end);
    feed.start();
    namesClient(APP, end.minusSeconds(100));
    pass(10);
    feed.fetchNow();
    assertThat(stands(last)).isFalse();
    names();
    pass(289);
    feed.fetchNow();
    assertThat(stands(last)).isFalse();
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
}
