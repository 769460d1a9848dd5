package dev.countersign.demo.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.5", "12.50", "9999999999.99"})
  void readsAnAmount(String amount) {
    assertThat(Money.read(amount, "EUR")).contains(new Money(new BigDecimal(amount), "EUR"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "+1", "1.", ".5", "01", "1.505", "1e3", "1,50", " 1", "10000000000"})
  void refusesWhatIsNoAmount(String amount) {
    assertThat(Money.read(amount, "EUR")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "eur", "EURO", "E1R"})
  void refusesWhatIsNoCurrency(String currency) {
    assertThat(Money.read("1.00", currency)).isEmpty();
  }

  @Test
  void addsInOneCurrencyOnly() {
    Money one = new Money(BigDecimal.ONE, "EUR");
    assertThat(one.plus(one).text()).isEqualTo("2.00");
    assertThatThrownBy(() -> one.plus(new Money(BigDecimal.ONE, "SEK")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
