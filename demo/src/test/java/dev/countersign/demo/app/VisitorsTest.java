package dev.countersign.demo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.BrowserSession;
import dev.countersign.client.Tokens;
import dev.countersign.demo.bank.Money;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.math.BigDecimal;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VisitorsTest {
  private static final URI BANK = URI.create("https://bank.example");
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
  void letsOneOfTwoSendAnOrder() {
    Visitor visitor = visitor();
    Payment payment = visitor.ask(payment("1.00"));
    Payment.Allowed yes = new Payment.Allowed(visitor.connection(), payment.asked(BANK));
    assertThat(visitor.send(payment, yes)).isTrue();
    assertThat(visitor.send(payment, yes)).isFalse();
    visitor.end(payment, new Payment.Outcome.Unknown());
    assertThat(visitor.payment("order").map(Payment::outcome))
        .contains(new Payment.Outcome.Unknown());
    assertThat(visitor.payment("another")).isEmpty();
  }

  @Test
  void keepsTheNewestOfAnOrderUntilItIsSent() {
    Visitor visitor = visitor();
    Payment early = visitor.ask(payment("1.00"));
    Payment late = visitor.ask(payment("2.00"));
    assertThat(visitor.payments()).containsExactly(late);
    assertThat(visitor.send(early, new Payment.Allowed(visitor.connection(), early.asked(BANK))))
        .isFalse();
    assertThat(visitor.send(late, new Payment.Allowed(visitor.connection(), late.asked(BANK))))
        .isTrue();
    assertThat(visitor.ask(payment("3.00")).amount()).isEqualTo(late.amount());
  }

  @Test
  void takesAYesToOnePaymentForNoOther() {
    Payment payment = payment("1.00");
    AuthorizationDetail asked = payment.asked(BANK);
    assertThat(payment.isAllowedBy(asked, BANK)).isTrue();
    assertThat(payment.isAllowedBy(asked, URI.create("https://other.example"))).isFalse();
    assertThat(payment.isAllowedBy(payment("1.01").asked(BANK), BANK)).isFalse();
  }

  private static Payment payment(String amount) {
    return new Payment(
        "order", "Shop", "DE89370400440532013000", new Money(new BigDecimal(amount), "EUR"));
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
