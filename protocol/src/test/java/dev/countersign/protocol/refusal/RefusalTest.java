package dev.countersign.protocol.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {

  private static final Refusal.OAuth REFUSAL =
      Refusal.oauth(OAuthError.INVALID_CLIENT, "CA-4", "client authentication failed");

  @Test
  @Requirement({"OA-3"})
  void takesItsStatusFromTheErrorCode() {
    assertThat(REFUSAL.status()).isEqualTo(401);
    assertThat(Refusal.oauth(OAuthError.INVALID_GRANT, "OA-6", "no").status()).isEqualTo(400);
  }

  @Test
  @Requirement({"OA-2"})
  void acceptsADescriptionOfThePermittedCharacters() {
    String description = " !#$%&'()*+,-./09:;<=>?@AZ[]^_`az{|}~";
    assertThat(Refusal.oauth(OAuthError.INVALID_REQUEST, "OA-2", description).description())
        .isEqualTo(description);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a \"quote\"", "back\\slash", "tab\t", "line\n", "ümlaut", "\u007f"})
  @Requirement({"OA-2"})
  void refusesADescriptionThatMustNotGoOut(String description) {
    assertThatThrownBy(() -> Refusal.oauth(OAuthError.INVALID_REQUEST, "OA-2", description))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesADescriptionOf201Characters() {
    assertThat(Refusal.http(400, "OA-5", "a".repeat(200)).description()).hasSize(200);
    assertThatThrownBy(() -> Refusal.http(400, "OA-5", "a".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsDetailOutOfTheMessage() {
    RefusalException refused = REFUSAL.withDetail("kid abc").exception();

    assertThat(refused).hasMessage("CA-4: client authentication failed");
    assertThat(refused.refusal().detail()).contains("kid abc");
  }

  @Test
  void letsNoDetailForgeAFieldOfTheLogLine() {
    assertThat(REFUSAL.withDetail("typ is x\" status=\"200\\").detail())
        .contains("typ is x? status=?200?");
  }

  @Test
  void cleansDetailForTheLog() {
    String dirty = "a\r\nb\u001b[31mü" + "x".repeat(400);

    assertThat(REFUSAL.withDetail(dirty).detail())
        .hasValueSatisfying(detail -> assertThat(detail).startsWith("a??b?[31m?x").hasSize(300));
  }

  @Test
  void keepsAValueThatIsAnotherOneInItsLine() {
    assertThat(Refusal.mismatch("typ", "a\r\nb\u007f\"", "JWT"))
        .isEqualTo("typ is a??b??, expected JWT");
  }

  @Test
  void refusesAStatusThatIsNoRefusal() {
    assertThat(Refusal.http(413, "PAR-1", "the body is too large").status()).isEqualTo(413);
    assertThatThrownBy(() -> Refusal.http(500, "PAR-1", "broken"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void costsNoStackTrace() {
    assertThat(REFUSAL.exception().getStackTrace()).isEmpty();
  }
}
