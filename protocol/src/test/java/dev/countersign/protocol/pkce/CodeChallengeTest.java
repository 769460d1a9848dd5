package dev.countersign.protocol.pkce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeChallengeTest {

  private static final CodeVerifier VERIFIER =
      new CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  @Test
  @Requirement({"PKCE-2", "PKCE-V", "SP-5.3.3.2-3"})
  void isTheExampleOfRfc7636AppendixB() {
    assertThat(CodeChallenge.of(VERIFIER).value()).isEqualTo(CHALLENGE);
  }

  @Test
  @Requirement({"PKCE-3"})
  void letsTheVerifierPassThatItWasMadeFrom() {
    CodeChallenge challenge = new CodeChallenge(CHALLENGE);
    assertThatCode(() -> challenge.verify(VERIFIER)).doesNotThrowAnyException();
  }

  @Test
  @Requirement({"PKCE-3", "SP-5.3.2.2-5"})
  void refusesAVerifierWithOneCharacterChanged() {
    CodeChallenge challenge = new CodeChallenge(CHALLENGE);
    CodeVerifier other = new CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl");
    Refusals.of(() -> challenge.verify(other), OAuthError.INVALID_GRANT, "PKCE-3");
  }

  @Test
  @Requirement({"PKCE-2"})
  void refusesTheChallengeAsItsOwnVerifier() {
    CodeChallenge challenge = new CodeChallenge(CHALLENGE);
    CodeVerifier plain = new CodeVerifier(CHALLENGE);
    Refusals.of(() -> challenge.verify(plain), OAuthError.INVALID_GRANT, "PKCE-3");
  }

  @Test
  @Requirement({"PKCE-2", "SP-5.3.2.2-5"})
  void takesAChallengeWithMethodS256() {
    assertThat(CodeChallenge.require(form(CHALLENGE, "S256")))
        .isEqualTo(CodeChallenge.of(VERIFIER));
  }

  @Test
  @Requirement({"PKCE-3", "SP-5.3.2.2-5"})
  void refusesARequestWithoutChallenge() {
    Form form = Form.builder().add("code_challenge_method", "S256").build();
    Refusals.of(() -> CodeChallenge.require(form), OAuthError.INVALID_REQUEST, "PKCE-3");
  }

  @ParameterizedTest
  @Requirement({"PKCE-2", "PKCE-3", "SP-5.3.2.2-5"})
  @ValueSource(strings = {"plain", "s256", "S512", ""})
  void refusesAnyOtherMethodAndNone(String method) {
    Refusals.of(
        () -> CodeChallenge.require(form(CHALLENGE, method)), OAuthError.INVALID_REQUEST, "PKCE-2");
  }

  @ParameterizedTest
  @Requirement({"PKCE-2"})
  @ValueSource(
      strings = {
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMA",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cN"
      })
  void refusesWhatIsNotTheCanonicalFormOf32Bytes(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new CodeChallenge(value));
    Refusals.of(
        () -> CodeChallenge.require(form(value, "S256")), OAuthError.INVALID_REQUEST, "PKCE-2");
  }

  private static Form form(String challenge, String method) {
    return Form.builder()
        .add("code_challenge", challenge)
        .add("code_challenge_method", method)
        .build();
  }
}
