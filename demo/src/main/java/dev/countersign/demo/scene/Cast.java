package dev.countersign.demo.scene;

import dev.countersign.demo.bank.Account;
import dev.countersign.demo.bank.Booking;
import dev.countersign.demo.bank.Ledger;
import dev.countersign.demo.bank.Money;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.server.config.ScopeConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Who plays: a client, a person with two accounts, and what the client asks her for. */
public final class Cast {
  /** The client, as it is registered. */
  public static final ClientId CLIENT_ID = new ClientId("sunny-budget");

  /** What people know the client by. */
  public static final String CLIENT_NAME = "Sunny Budget";

  /** Nobody listens there: the tour hands what the browser would bring to the client itself. */
  public static final RedirectUri REDIRECT_URI = new RedirectUri("https://budget.example/callback");

  /** What the person types. */
  public static final String USERNAME = "anna";

  static final Subject ANNA = new Subject("person-4711");
  static final String PROFILE = "profile";

  static final List<ScopeConfig> SCOPES =
      List.of(
          new ScopeConfig(Scope.OPENID, "Know that it is you", List.of()),
          new ScopeConfig(PROFILE, "Know your name", List.of("name")),
          new ScopeConfig("accounts", "See your accounts and their bookings", List.of()),
          new ScopeConfig("payments", "Pay from your accounts", List.of()));

  /** What the consent page must tell about the request. */
  public static final List<String> EXPLANATIONS =
      SCOPES.stream().map(ScopeConfig::description).toList();

  /** What the client asks for. */
  public static final Scope ASKED = Scope.of(Scope.OPENID, PROFILE, "accounts", "payments");

  /** The scopes that mean something at the bank. */
  public static final Scope AT_THE_BANK = Scope.of("accounts", "payments");

  private Cast() {}

  /** The bank as it stands before the journey. */
  static Ledger ledger(Instant now) {
    Booking salary =
        new Booking("B1", now.minus(Duration.ofDays(3)), "Harbour Library", euros("2450.00"));
    Booking rent =
        new Booking("B2", now.minus(Duration.ofDays(1)), "Hill Street Homes", euros("-930.00"));
    Account current =
        new Account("current", "Current account", euros("1520.00"), List.of(salary, rent));
    Account savings = new Account("savings", "Savings", euros("8000.00"), List.of());
    return new Ledger(Map.of(ANNA, List.of(current, savings)));
  }

  private static Money euros(String amount) {
    return new Money(new BigDecimal(amount), "EUR");
  }
}
