package dev.countersign.demo.scene;

import dev.countersign.demo.bank.Account;
import dev.countersign.demo.bank.Booking;
import dev.countersign.demo.bank.Ledger;
import dev.countersign.demo.bank.Money;
import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.server.config.ScopeConfig;
import dev.countersign.server.details.Choice;
import dev.countersign.server.text.LocalText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who plays: a client, two people with their accounts, and what the client asks them for. */
public final class Cast {
  /** The client, as it is registered. */
  public static final ClientId CLIENT_ID = new ClientId("sunny-budget");

  /** What people know the client by. */
  public static final String CLIENT_NAME = "Sunny Budget";

  /** What the bank calls itself when it asks about a token. */
  public static final ClientId BANK_ID = new ClientId("harbour-bank");

  /** What people know the bank by. */
  static final String BANK_NAME = "Harbour Bank";

  /** Nobody listens there: the tour hands what the browser would bring to the client itself. */
  public static final RedirectUri UNATTENDED = new RedirectUri("https://budget.example/callback");

  static final List<ScopeConfig> SCOPES =
      List.of(
          new ScopeConfig(
              Scope.OPENID, text("Know that it is you", "Wissen, dass Sie es sind"), List.of()),
          new ScopeConfig("profile", text("Know your name", "Ihren Namen kennen"), List.of("name")),
          new ScopeConfig(
              "accounts",
              text("See your accounts and their bookings", "Ihre Konten und Buchungen sehen"),
              List.of()));

  /** What the client asks for when a person connects; to pay it asks each time, by details. */
  public static final Scope ASKED = Scope.of(Scope.OPENID, "profile", "accounts");

  /** All that the client is registered for. */
  static final Scope REGISTERED =
      Scope.of(
          Scope.OPENID,
          "profile",
          "accounts",
          GrantResource.QUERY_SCOPE,
          GrantResource.REVOKE_SCOPE);

  /** The scope that means something at the bank. */
  public static final Scope AT_THE_BANK = Scope.of("accounts");

  /** What the bank calls Ben's account. */
  public static final String BENS_ACCOUNT = "everyday";

  private static final String CURRENT = "DE02120300000000202051";
  private static final String SAVINGS = "DE02500105170137075030";
  private static final String EVERYDAY = "DE02100500000054540402";

  private static final Subject ANNA = new Subject("person-4711");
  private static final Subject BEN = new Subject("person-0815");

  private static final Map<Subject, List<Choice>> CHOICES =
      Map.of(
          ANNA,
          List.of(
              choice("Current account", "Girokonto", CURRENT),
              choice("Savings", "Sparkonto", SAVINGS)),
          BEN,
          List.of(choice("Everyday account", "Alltagskonto", EVERYDAY)));

  private Cast() {}

  /** What the consent page must tell about a request for this scope in this language. */
  public static List<String> explanations(Scope scope, Locale language) {
    return SCOPES.stream()
        .filter(known -> scope.tokens().contains(known.name()))
        .map(known -> known.description().in(language))
        .toList();
  }

  private static LocalText text(String english, String german) {
    Map<String, String> byLanguage = new LinkedHashMap<>();
    byLanguage.put("en", english);
    byLanguage.put("de", german);
    return new LocalText(byLanguage);
  }

  /** Anna, who has two accounts. */
  public static Person anna(String password) {
    return new Person("anna", ANNA, "Anna Sund", password);
  }

  /** Ben, who has one account and little in it. */
  public static Person ben(String password) {
    return new Person("ben", BEN, "Ben Okafor", password);
  }

  /** What a person can choose from at consent: the accounts of {@link #ledger}. */
  public static Map<String, List<Choice>> choices(Person person) {
    return Map.of("accounts", CHOICES.getOrDefault(person.subject(), List.of()));
  }

  private static Choice choice(String english, String german, String iban) {
    return new Choice(text(english, german), JsonObject.builder().put("iban", iban).build());
  }

  /** The bank as it stands before the journey. */
  public static Ledger ledger(Instant now) {
    Account current =
        new Account(
            "current",
            "Current account",
            CURRENT,
            euros("1520.00"),
            List.of(
                booking("B1", now, 3, "Harbour Library", "2450.00"),
                booking("B2", now, 1, "Hill Street Homes", "-930.00")));
    Account savings =
        new Account(
            "savings",
            "Savings",
            SAVINGS,
            euros("8000.00"),
            List.of(booking("B3", now, 30, "From the current account", "200.00")));
    Account bens =
        new Account(
            BENS_ACCOUNT,
            "Everyday account",
            EVERYDAY,
            euros("86.40"),
            List.of(
                booking("B4", now, 5, "Night Bakery", "640.00"),
                booking("B5", now, 4, "Mill Lane Rooms", "-525.00"),
                booking("B6", now, 2, "Green Grocer", "-28.60")));
    return new Ledger(Map.of(ANNA, List.of(current, savings), BEN, List.of(bens)));
  }

  private static Booking booking(String id, Instant now, int daysAgo, String who, String amount) {
    return new Booking(id, now.minus(Duration.ofDays(daysAgo)), who, euros(amount));
  }

  private static Money euros(String amount) {
    return new Money(new BigDecimal(amount), "EUR");
  }
}
