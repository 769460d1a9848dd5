package dev.countersign.demo.bank;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Subject;
import java.util.List;
import java.util.Locale;

/** What the bank says to somebody who was let in. */
final class BankAnswers {
  private final Ledger ledger;

  BankAnswers(Ledger ledger) {
    this.ledger = ledger;
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

  static HttpResponse noJson() {
    return error(415, "json_wanted", "The content must be application/json");
  }

  static HttpResponse noOrder() {
    return error(
        400,
        "bad_payment",
        "Wanted: a payment in the words of payment_initiation, with the account that pays");
  }

  static HttpResponse booked(Ledger.Outcome.Booked booked) {
    return HttpResponse.json(201, json(booked));
  }

  static HttpResponse tooMuch() {
    return error(409, "insufficient_funds", "The account does not hold so much");
  }

  static HttpResponse noAccount() {
    return error(409, "no_account", "There is no such account in this currency");
  }

  static boolean isJson(HttpRequest request) {
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
        .put("iban", account.iban())
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
