package dev.countersign.demo.bank;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.Subject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the bank says to somebody who was let in. */
final class BankAnswers {
  private final Ledger ledger;
  private final InstantSource clock;

  BankAnswers(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  HttpResponse accounts(Subject who) {
    List<JsonObject> accounts = ledger.accounts(who).stream().map(BankAnswers::json).toList();
    return HttpResponse.json(200, JsonObject.builder().put("accounts", accounts).build());
  }

  HttpResponse bookings(Subject who, String id) {
    return ledger
        .account(who, id)
        .map(account -> account.bookings().stream().map(BankAnswers::json).toList())
        .map(list -> JsonObject.builder().put("transactions", list).build())
        .map(json -> HttpResponse.json(200, json))
        .orElseGet(() -> error(404, "no_account", "There is no such account of this person"));
  }

  HttpResponse pay(Subject who, HttpRequest request) {
    if (!isJson(request)) {
      return error(415, "json_wanted", "The content must be application/json");
    }
    Optional<PaymentOrder> order = order(request);
    if (order.isEmpty()) {
      return error(
          400,
          "bad_payment",
          "Wanted: creditor, amount such as 12.50 as a string, and currency such as EUR");
    }
    Instant now = clock.instant();
    return switch (ledger.pay(who, order.get(), now)) {
      case Ledger.Outcome.Booked booked -> HttpResponse.json(201, json(booked));
      case Ledger.Outcome.InsufficientFunds() ->
          error(409, "insufficient_funds", "The account does not hold so much");
      case Ledger.Outcome.NoAccount() ->
          error(409, "no_account", "There is no account in this currency");
    };
  }

  private static Optional<PaymentOrder> order(HttpRequest request) {
    try {
      return PaymentOrder.read(JsonObject.parse(request.body()));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private static boolean isJson(HttpRequest request) {
    return request
        .headers()
        .first("content-type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter("application/json"::equals)
        .isPresent();
  }

  private static JsonObject json(Account account) {
    return JsonObject.builder()
        .put("id", account.id())
        .put("name", account.name())
        .put("balance", account.balance().text())
        .put("currency", account.balance().currency())
        .build();
  }

  private static JsonObject json(Booking booking) {
    return JsonObject.builder()
        .put("id", booking.id())
        .put("booked_at", booking.at().toString())
        .put("counterparty", booking.counterparty())
        .put("amount", booking.amount().text())
        .put("currency", booking.amount().currency())
        .build();
  }

  private static JsonObject json(Ledger.Outcome.Booked booked) {
    return json(booked.booking()).toBuilder()
        .put("account", booked.from().id())
        .put("balance", booked.from().balance().text())
        .build();
  }

  private static HttpResponse error(int status, String code, String message) {
    return HttpResponse.json(
        status, JsonObject.builder().put("error", code).put("message", message).build());
  }
}
