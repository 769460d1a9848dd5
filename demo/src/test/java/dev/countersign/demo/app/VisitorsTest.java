package dev.countersign.demo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.BrowserSession;
import dev.countersign.client.Tokens;
import dev.countersign.demo.bank.Money;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VisitorsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration IDLE = Duration.ofHours(8);

  private final SecureRandom random = new SecureRandom();
  private final Visitors visitors = new Visitors();

  @Test
  void knowsAVisitorUntilEightHoursAfterTheLastVisit() {
    BrowserSession session = BrowserSession.random(random);
    visitors.keep(session, visitor(), NOW);
    Instant later = NOW.plus(IDLE).minusNanos(1);
    assertThat(visitors.find(session, later)).isPresent();
    assertThat(visitors.find(session, later.plus(IDLE).minusNanos(1))).isPresent();
    assertThat(visitors.find(session, later.plus(IDLE).plus(IDLE))).isEmpty();
  }

  @Test
  void forgetsTheOneWhoWasAwayLongestWhenItIsFull() {
    BrowserSession first = BrowserSession.random(random);
    BrowserSession second = BrowserSession.random(random);
    visitors.keep(first, visitor(), NOW);
    visitors.keep(second, visitor(), NOW);
    for (int i = 0; i < 998; i++) {
      visitors.keep(BrowserSession.random(random), visitor(), NOW);
    }
    assertThat(visitors.find(first, NOW)).isPresent();
    visitors.keep(BrowserSession.random(random), visitor(), NOW);
    assertThat(visitors.find(second, NOW)).isEmpty();
    assertThat(visitors.find(first, NOW)).isPresent();
  }

  @Test
  void letsOneOfTwoBeginAnOrder() {
    Visitor visitor = visitor();
    Payment payment =
        new Payment(
            "Shop", new Money(new BigDecimal("1.00"), "EUR"), new Payment.Outcome.UnderWay());
    assertThat(visitor.begin("order", payment)).isTrue();
    assertThat(visitor.begin("order", payment)).isFalse();
    visitor.end("order", payment.with(new Payment.Outcome.Unknown()));
    assertThat(visitor.payment("order").map(Payment::outcome))
        .contains(new Payment.Outcome.Unknown());
    assertThat(visitor.payment("another")).isEmpty();
  }

  private static Visitor visitor() {
    return new Visitor(
        "Anna",
        new Tokens(
            new Issuer("https://as.example"),
            new AccessToken("token"),
            Optional.empty(),
            Optional.empty(),
            Scope.of("accounts"),
            Optional.empty(),
            AuthorizationDetails.NONE,
            Optional.empty(),
            new FapiInteractionId(UUID.randomUUID().toString())));
  }
}
