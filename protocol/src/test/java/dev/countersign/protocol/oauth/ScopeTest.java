package dev.countersign.protocol.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

  @Test
  void keepsTheOrderAndCountsARepeatedTokenOnce() {
    assertThat(Scope.parse("openid accounts openid").tokens())
        .containsExactly("openid", "accounts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " openid", "openid ", "a  b", "a\tb", "a\"b", "a\\b", "ä"})
  @Requirement({"OA-3"})
  void refusesMalformedScopeAsInvalidScope(String value) {
    assertThatThrownBy(() -> Scope.parse(value))
        .isInstanceOfSatisfying(
            RefusalException.class,
            refused ->
                assertThat(((Refusal.OAuth) refused.refusal()).error())
                    .isEqualTo(OAuthError.INVALID_SCOPE));
  }

  @Test
  void comparesTokensExactly() {
    assertThat(Scope.of("openid").contains(Scope.OPENID)).isTrue();
    assertThat(Scope.of("openid").contains("OpenID")).isFalse();
    assertThat(Scope.of("openid2").contains(Scope.OPENID)).isFalse();
  }

  @Test
  void isWithinAnotherOnlyIfEachTokenIs() {
    Scope granted = Scope.parse("openid accounts payments");

    assertThat(Scope.parse("payments openid").isWithin(granted)).isTrue();
    assertThat(Scope.NONE.isWithin(granted)).isTrue();
    assertThat(Scope.parse("payments admin").isWithin(granted)).isFalse();
  }

  @Test
  void intersectsInItsOwnOrder() {
    assertThat(Scope.parse("c b a").intersect(Scope.parse("a c")).toString()).isEqualTo("c a");
  }

  @Test
  void refusesATokenTwiceOrMoreThanAHundred() {
    assertThatThrownBy(() -> new Scope(List.of("a", "a")))
        .isInstanceOf(IllegalArgumentException.class);
    String many =
        String.join(" ", java.util.stream.IntStream.range(0, 101).mapToObj(i -> "s" + i).toList());
    assertThatThrownBy(() -> Scope.parse(many)).isInstanceOf(RefusalException.class);
  }
}
