package dev.countersign.protocol.pkce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeVerifierTest {

  @Test
  @Requirement({"PKCE-1"})
  void acceptsTheShortestAndTheLongestVerifier() {
    assertThat(new CodeVerifier("a".repeat(43)).reveal()).hasSize(43);
    assertThat(new CodeVerifier("-._~aZ0".repeat(18) + "ab").reveal()).hasSize(128);
  }

  @ParameterizedTest
  @Requirement({"PKCE-1"})
  @ValueSource(ints = {0, 1, 42, 129})
  void refusesAVerifierThatIsTooShortOrTooLong(int length) {
    assertThatIllegalArgumentException().isThrownBy(() -> new CodeVerifier("a".repeat(length)));
  }

  @ParameterizedTest
  @Requirement({"PKCE-1"})
  @ValueSource(strings = {"+", "/", "=", " ", "%", "é", "\n"})
  void refusesOtherCharacters(String character) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CodeVerifier("a".repeat(42) + character))
        .withMessageNotContaining("aaaa");
  }

  @Test
  @Requirement({"PKCE-1", "SP-5.4.1-4"})
  void makesFreshVerifiersOf256Bits() {
    SecureRandom random = new SecureRandom();
    CodeVerifier first = CodeVerifier.random(random);
    assertThat(first.reveal()).hasSize(43);
    assertThat(first).isNotEqualTo(CodeVerifier.random(random));
  }

  @Test
  void doesNotShowItselfInText() {
    assertThat(new CodeVerifier("s".repeat(43)).toString()).isEqualTo("CodeVerifier");
  }

  @Test
  @Requirement({"PKCE-3", "SP-5.3.2.2-5"})
  void refusesATokenRequestWithoutVerifierAsAWrongGrant() {
    Refusals.of(
        () -> CodeVerifier.require(Form.builder().build()), OAuthError.INVALID_GRANT, "PKCE-3");
  }

  @Test
  @Requirement({"PKCE-3", "SP-5.3.2.2-5"})
  void refusesATokenRequestWithAMalformedVerifierAsAWrongGrant() {
    Form form = Form.builder().add("code_verifier", "short").build();
    Refusals.of(() -> CodeVerifier.require(form), OAuthError.INVALID_GRANT, "PKCE-3");
  }

  @Test
  void takesTheVerifierOfATokenRequest() {
    Form form = Form.builder().add("code_verifier", "v".repeat(43)).build();
    assertThat(CodeVerifier.require(form)).isEqualTo(new CodeVerifier("v".repeat(43)));
  }
}
