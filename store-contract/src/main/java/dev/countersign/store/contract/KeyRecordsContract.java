package dev.countersign.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.store.KeyRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server's own keys. */
abstract class KeyRecordsContract extends ConcernContract {

  @Test
  void keepsTheFirstKeysOldestFirst() {
    KeyRecord older = samples.key("older", 0);
    KeyRecord newer = samples.key("newer", 1);

    assertThat(store().keysOrCreate("signing", List.of(newer, older)))
        .containsExactly(older, newer);
  }

  @Test
  void keepsKeysOfTheSameAgeInTheOrderOfTheirIds() {
    KeyRecord a = samples.key("a", 0);
    KeyRecord b = samples.key("b", 0);

    assertThat(store().keysOrCreate("signing", List.of(b, a))).containsExactly(a, b);
  }

  @Test
  void givesBackTheKeysThatAreThere() {
    KeyRecord first = samples.key("first", 0);
    store().keysOrCreate("signing", List.of(first));

    assertThat(store().keysOrCreate("signing", List.of(samples.key("second", 0))))
        .containsExactly(first);
  }

  @Test
  void keepsPurposesApart() {
    KeyRecord signing = samples.key("same-id", 0);
    KeyRecord nonce = samples.key("same-id", 5);
    store().keysOrCreate("signing", List.of(signing));

    assertThat(store().keysOrCreate("dpop-nonce", List.of(nonce))).containsExactly(nonce);
  }

  @Test
  void refusesToCreateNothing() {
    assertThatThrownBy(() -> store().keysOrCreate("signing", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
