package dev.countersign.attacker.recipe.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import org.junit.jupiter.api.Test;

/** Which tokens are bound to a certificate. */
class UnboundTest {
  private static boolean bound(String claims) throws MalformedJsonException {
    return Unbound.isBound(JsonObject.parse(claims));
  }

  @Test
  void theThumbprintOfACertificateBinds() throws Exception {
    assertThat(bound("{\"cnf\":{\"x5t#S256\":\"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2\"}}"))
        .isTrue();
  }

  @Test
  void nothingElseDoes() throws Exception {
    assertThat(bound("{}")).isFalse();
    assertThat(bound("{\"cnf\":{}}")).isFalse();
    assertThat(bound("{\"cnf\":\"x5t#S256\"}")).isFalse();
    assertThat(bound("{\"cnf\":{\"x5t#S256\":1}}")).isFalse();
  }
}
