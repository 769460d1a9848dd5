package dev.countersign.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {

  @Test
  @Requirement({"OA-9", "DP-11"})
  void writesEachAttributeAsAQuotedString() {
    assertThat(
            Challenge.of("DPoP", "error", "invalid_token", "algs", "ES256 PS256 EdDSA").toHeader())
        .isEqualTo("DPoP error=\"invalid_token\", algs=\"ES256 PS256 EdDSA\"");
    assertThat(new Challenge("Bearer", Map.of()).toHeader()).isEqualTo("Bearer");
  }

  @Test
  void escapesQuotesAndBackslashes() {
    Challenge challenge = Challenge.of("DPoP", "realm", "a \"b\" \\c");

    assertThat(challenge.toHeader()).isEqualTo("DPoP realm=\"a \\\"b\\\" \\\\c\"");
    assertThat(Challenge.parse(List.of(challenge.toHeader()))).containsExactly(challenge);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: x", "ä", "\u0000", "\u007f"})
  void refusesAValueThatCouldSplitTheHeader(String value) {
    assertThatThrownBy(() -> Challenge.of("DPoP", "error", value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Requirement({"OA-9"})
  void refusesAnAttributeTwice() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("error", "a");
    attributes.put("ERROR", "b");

    assertThatThrownBy(() -> new Challenge("DPoP", attributes))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Challenge.of("DPoP", "error", "a", "error", "b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsTokensAndQuotedStringsAlike() {
    List<Challenge> challenges =
        Challenge.parse(
            List.of("dpop ERROR=use_dpop_nonce , error_description=\"a, b=\\\"c\\\"\""));

    assertThat(challenges)
        .singleElement()
        .satisfies(
            challenge -> {
              assertThat(challenge.hasScheme("DPoP")).isTrue();
              assertThat(challenge.attribute("error")).contains("use_dpop_nonce");
              assertThat(challenge.attribute("Error_Description")).contains("a, b=\"c\"");
            });
  }

  @Test
  void readsSeveralChallengesFromOneOrMoreFields() {
    assertThat(
            Challenge.parse(
                List.of(
                    "Bearer, DPoP algs=\"ES256\", error = \"use_dpop_nonce\", Basic realm=x",
                    "Negotiate YWJj==, Digest qop=auth",
                    "")))
        .containsExactly(
            Challenge.of("Bearer"),
            Challenge.of("DPoP", "algs", "ES256", "error", "use_dpop_nonce"),
            Challenge.of("Basic", "realm", "x"),
            Challenge.of("Negotiate"),
            Challenge.of("Digest", "qop", "auth"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DPoP error=\"use_dpop_nonce",
        "DPoP error=\"a\\",
        "DPoP error=, algs=x y",
        "DPoP error=a, error=b",
        "DPoP error=\"a\" algs=\"b\"",
        "DPoP error=\"a\", \"b\"",
        "DPoP=error",
        "\"DPoP\" error=a",
        "DPoP error=\"ä\"",
        "DPoP a b",
      })
  void holdsNoChallengeIfTheFieldIsNotWellFormed(String value) {
    assertThat(Challenge.parse(List.of(value))).isEmpty();
  }

  @Test
  void holdsNoChallengeIfTheFieldIsTooLong() {
    String longest = "DPoP error=\"" + "a".repeat(8192 - 13) + "\"";

    assertThat(Challenge.parse(List.of(longest))).hasSize(1);
    assertThat(Challenge.parse(List.of(longest + " "))).isEmpty();
  }
}
