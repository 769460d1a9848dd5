package dev.countersign.demo.app;

import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.ProtocolViolation;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.ServerRefused;
import dev.countersign.client.Tokens;
import dev.countersign.demo.bank.Money;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Calls the bank by what a person allowed, and renews the access token when it has ended. */
final class BankClient {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final FapiClient client;
  private final URI bank;
  private final InstantSource clock;

  BankClient(FapiClient client, URI bank, InstantSource clock) {
    this.client = client;
    this.bank = bank;
    this.clock = clock;
  }

  /** All accounts, in the bank's order. */
  List<AccountLine> accounts(Visitor visitor) throws ClientException, TroubleException {
    JsonObject answer = read(visitor.connection(), "/accounts");
    try {
      List<AccountLine> accounts = new ArrayList<>();
      for (JsonObject account : answer.objects("accounts").orElse(List.of())) {
        accounts.add(
            new AccountLine(id(account), text(account, "name"), money(account, "balance")));
      }
      return accounts;
    } catch (MalformedJsonException e) {
      throw new TroubleException(Trouble.UNAVAILABLE, e);
    }
  }

  /** The bookings of an account, the newest first. */
  List<BookingLine> bookings(Visitor visitor, AccountLine account)
      throws ClientException, TroubleException {
    JsonObject answer = read(visitor.connection(), "/accounts/" + account.id() + "/transactions");
    try {
      List<BookingLine> bookings = new ArrayList<>();
      for (JsonObject booking : answer.objects("transactions").orElse(List.of())) {
        bookings.add(
            new BookingLine(
                instant(booking, "booked_at"),
                text(booking, "counterparty"),
                money(booking, "amount")));
      }
      Collections.reverse(bookings);
      return bookings;
    } catch (MalformedJsonException e) {
      throw new TroubleException(Trouble.UNAVAILABLE, e);
    }
  }

  /** Pays; what the bank says is the outcome, other troubles are thrown. */
  Payment.Outcome pay(Payment.Allowed yes) throws ClientException, TroubleException {
    ResourceResponse answer =
        call(
            yes.permission(),
            ResourceRequest.of("POST", bank.resolve("/payments"))
                .withBody("application/json", yes.order().toBytes()));
    return switch (answer.status()) {
      case 201 -> booked(answer);
      case 409 -> new Payment.Outcome.InsufficientFunds();
      // Who failed in the middle may have booked it before.
      default ->
          answer.status() < 500 ? new Payment.Outcome.Refused() : new Payment.Outcome.Unknown();
    };
  }

  private static Payment.Outcome booked(ResourceResponse answer) {
    try {
      JsonObject booking = answer.json();
      return new Payment.Outcome.Booked(text(booking, "id"), money(booking, "balance"));
    } catch (ProtocolViolation | MalformedJsonException e) {
      return new Payment.Outcome.Unknown();
    }
  }

  private JsonObject read(Permission permission, String path)
      throws ClientException, TroubleException {
    ResourceResponse answer = call(permission, ResourceRequest.get(bank.resolve(path)));
    if (answer.status() != 200) {
      throw new TroubleException(
          answer.status() == 403 ? Trouble.NOT_ALLOWED : Trouble.UNAVAILABLE);
    }
    return answer.json();
  }

  /** A 401 says that nothing was done, so the request may go out again with a new token. */
  private ResourceResponse call(Permission permission, ResourceRequest request)
      throws ClientException, TroubleException {
    ResourceRequest present = request.withEndUserPresent();
    Tokens tokens = permission.tokens();
    boolean over = tokens.expiresAt().filter(end -> !clock.instant().isBefore(end)).isPresent();
    ResourceResponse answer = client.call(over ? renew(permission) : tokens, present);
    if (answer.status() == 401) {
      answer = client.call(renew(permission), present);
    }
    if (answer.status() == 401) {
      throw new TroubleException(Trouble.ENDED);
    }
    return answer;
  }

  private Tokens renew(Permission permission) throws ClientException, TroubleException {
    Tokens old = permission.tokens();
    if (old.refreshToken().isEmpty()) {
      throw new TroubleException(Trouble.ENDED);
    }
    try {
      Tokens renewed = client.refresh(old);
      permission.keep(renewed);
      return renewed;
    } catch (ServerRefused e) {
      if (e.error().equals(Optional.of("invalid_grant"))) {
        throw new TroubleException(Trouble.ENDED, e);
      }
      throw e;
    }
  }

  private static String text(JsonObject json, String name) throws MalformedJsonException {
    return json.string(name).orElseThrow(() -> new MalformedJsonException(name + " is missing"));
  }

  /** It becomes part of an address. */
  private static String id(JsonObject account) throws MalformedJsonException {
    String id = text(account, "id");
    if (!ID.matcher(id).matches()) {
      throw new MalformedJsonException("id is no name of an account");
    }
    return id;
  }

  private static Instant instant(JsonObject json, String name) throws MalformedJsonException {
    try {
      return Instant.parse(text(json, name));
    } catch (DateTimeException e) {
      throw new MalformedJsonException(name + " is no time");
    }
  }

  private static Money money(JsonObject json, String name) throws MalformedJsonException {
    String amount = text(json, name);
    boolean negative = amount.startsWith("-");
    Money money =
        Money.read(negative ? amount.substring(1) : amount, text(json, "currency"))
            .orElseThrow(() -> new MalformedJsonException(name + " is no amount"));
    return negative ? money.negate() : money;
  }
}
