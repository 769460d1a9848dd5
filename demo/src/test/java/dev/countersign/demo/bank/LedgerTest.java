package dev.countersign.demo.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Subject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Subject ANNA = new Subject("anna");
  private static final Subject BEN = new Subject("ben");

  private final Ledger ledger =
      new Ledger(
          Map.of(
              ANNA, List.of(new Account("a", "Current", "A1", euros("100.00"), List.of())),
              BEN, List.of(new Account("b", "Current", "B1", euros("5.00"), List.of()))));

  @Test
  void paysTheWholeBalanceAndNotACentMore() {
    assertThat(ledger.pay(BEN, order("B1", "5.01"), NOW, () -> true))
        .isEqualTo(new Ledger.Outcome.InsufficientFunds());
    assertThat(ledger.pay(BEN, order("B1", "5.00"), NOW, () -> true))
        .isInstanceOf(Ledger.Outcome.Booked.class);
    assertThat(ledger.account(BEN, "b").orElseThrow().balance().text()).isEqualTo("0.00");
  }

  @Test
  void showsNobodyAnothersAccount() {
    assertThat(ledger.account(BEN, "b")).isPresent();
    assertThat(ledger.account(ANNA, "b")).isEmpty();
    assertThat(ledger.accounts(new Subject("carol"))).isEmpty();
  }

  @Test
  void hasNoAccountInAForeignCurrency() {
    PaymentOrder kronor =
        new PaymentOrder(
            "Shop", "A1", new Money(new BigDecimal("1.00"), "SEK"), JsonObject.builder().build());
    assertThat(ledger.pay(ANNA, kronor, NOW, () -> true)).isEqualTo(new Ledger.Outcome.NoAccount());
  }

  @Test
  void paysFromNoAccountOfAnother() {
    assertThat(ledger.pay(BEN, order("A1", "1.00"), NOW, () -> true))
        .isEqualTo(new Ledger.Outcome.NoAccount());
  }

  @Test
  void asksWhetherItMayPayOnlyWhereItCould() {
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier no =
        () -> {
          asked.incrementAndGet();
          return false;
        };
    ledger.pay(BEN, order("B1", "5.01"), NOW, no);
    ledger.pay(BEN, order("A1", "1.00"), NOW, no);
    assertThat(asked).hasValue(0);
    assertThat(ledger.pay(BEN, order("B1", "5.00"), NOW, no))
        .isEqualTo(new Ledger.Outcome.NotPermitted());
    assertThat(asked).hasValue(1);
    assertThat(ledger.account(BEN, "b").orElseThrow().balance().text()).isEqualTo("5.00");
  }

  @Test
  void paysEachCentOnceWhenManyPayAtTheSameTime() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Ledger.Outcome>> payments =
          IntStream.range(0, 150)
              .<Callable<Ledger.Outcome>>mapToObj(
                  _ -> () -> ledger.pay(ANNA, order("A1", "1.00"), NOW, () -> true))
              .toList();
      int booked = 0;
      for (Future<Ledger.Outcome> payment : executor.invokeAll(payments)) {
        booked += payment.get() instanceof Ledger.Outcome.Booked ? 1 : 0;
      }
      assertThat(booked).isEqualTo(100);
    }
    Account after = ledger.account(ANNA, "a").orElseThrow();
    assertThat(after.balance().text()).isEqualTo("0.00");
    assertThat(after.bookings().stream().map(Booking::id).distinct()).hasSize(100);
  }

  private static PaymentOrder order(String from, String amount) {
    return new PaymentOrder("Shop", from, euros(amount), JsonObject.builder().build());
  }

  private static Money euros(String amount) {
    return new Money(new BigDecimal(amount), "EUR");
  }
}
