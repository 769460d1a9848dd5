package dev.countersign.demo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.bank.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void groupsThousandsAndMarksWhatLeaves() {
    assertThat(Texts.amount(money("1234567.5", "EUR"))).isEqualTo("€1,234,567.50");
    assertThat(Texts.amount(money("-0.05", "GBP"))).isEqualTo("−£0.05");
    assertThat(Texts.amount(money("3", "SEK"))).isEqualTo("SEK\u00a03.00");
    assertThat(Texts.change(money("3", "EUR"))).isEqualTo("+€3.00");
    assertThat(Texts.change(money("-3", "EUR"))).isEqualTo("−€3.00");
  }

  @Test
  void addsUpTheFirstCurrencyOnly() {
    assertThat(Texts.total(List.of())).isEmpty();
    assertThat(
            Texts.total(
                List.of(
                    new AccountLine("a", "A", money("1", "EUR")),
                    new AccountLine("b", "B", money("5", "SEK")),
                    new AccountLine("c", "C", money("-3", "EUR")))))
        .isEqualTo("−€2.00");
  }

  @Test
  void writesDaysForPeopleAndForMachines() {
    Instant time = Instant.parse("2026-05-03T23:59:59Z");
    assertThat(Texts.day(time)).isEqualTo("3 May 2026");
    assertThat(Texts.isoDay(time)).isEqualTo("2026-05-03");
  }

  private static Money money(String amount, String currency) {
    return new Money(new BigDecimal(amount), currency);
  }
}
