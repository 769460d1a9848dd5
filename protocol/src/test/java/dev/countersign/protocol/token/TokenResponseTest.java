package dev.countersign.protocol.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"OA-4"})
class TokenResponseTest {

  private static final TokenResponse FULL =
      new TokenResponse(
          new AccessToken("at-secret"),
          "DPoP",
          Optional.of(Duration.ofMinutes(5)),
          Optional.of(new RefreshToken("rt-secret")),
          Optional.of(Scope.of("openid", "a")),
          Optional.of("e30.id-secret.e30"),
          AuthorizationDetails.NONE,
          Optional.empty());

  @Test
  @Requirement({"DP-5"})
  void losesNothingOnTheWay() throws Exception {
    assertThat(FULL.toJson().toJson())
        .isEqualTo(
            "{\"access_token\":\"at-secret\",\"token_type\":\"DPoP\",\"expires_in\":300,"
                + "\"refresh_token\":\"rt-secret\",\"scope\":\"openid a\","
                + "\"id_token\":\"e30.id-secret.e30\"}");
    assertThat(TokenResponse.read(FULL.toJson())).isEqualTo(FULL);
  }

  @Test
  void readsTheLeastThatAnAnswerMustHave() throws Exception {
    JsonObject body = JsonObject.parse("{\"access_token\":\"a\",\"token_type\":\"DPoP\"}");
    TokenResponse response = TokenResponse.read(body);
    assertThat(response.expiresIn()).isEmpty();
    assertThat(response.refreshToken()).isEmpty();
    assertThat(response.toJson()).isEqualTo(body);
  }

  @Test
  void ignoresMembersThatNobodyKnows() throws Exception {
    JsonObject body =
        JsonObject.parse(
            "{\"access_token\":\"a\",\"token_type\":\"DPoP\",\"x\":{\"y\":[1]},\"scope\":\"\"}");
    assertThat(TokenResponse.read(body).scope()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token_type\":\"DPoP\"}",
        "{\"access_token\":\"\",\"token_type\":\"DPoP\"}",
        "{\"access_token\":\"a\"}",
        "{\"access_token\":\"a b\",\"token_type\":\"DPoP\"}",
        "{\"access_token\":1,\"token_type\":\"DPoP\"}",
        "{\"access_token\":\"a\",\"token_type\":\"DPoP\",\"expires_in\":-1}",
        "{\"access_token\":\"a\",\"token_type\":\"DPoP\",\"expires_in\":\"300\"}",
        "{\"access_token\":\"a\",\"token_type\":\"DPoP\",\"expires_in\":9223372036854775807}",
        "{\"access_token\":\"a\",\"token_type\":\"DPoP\",\"refresh_token\":[]}",
        "{\"access_token\":\"a\",\"token_type\":\"DPoP\",\"scope\":\"\\u0001\"}"
      })
  void refusesAnAnswerWithoutUsableMembers(String body) throws Exception {
    JsonObject json = JsonObject.parse(body);
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> TokenResponse.read(json));
  }

  @ParameterizedTest
  @Requirement({"DP-7"})
  @CsvSource({"DPoP, true", "dpop, true", "DPOP, true", "Bearer, false", "mac, false"})
  void knowsWhetherTheTokenIsBoundToAKey(String tokenType, boolean bound) throws Exception {
    JsonObject body =
        JsonObject.builder().put("access_token", "a").put("token_type", tokenType).build();
    assertThat(TokenResponse.read(body).isBoundBy(SenderConstraint.DPOP)).isEqualTo(bound);
  }

  @ParameterizedTest
  @Requirement({"MT-5"})
  @CsvSource({"Bearer, true", "bearer, true", "DPoP, false", "mac, false"})
  void knowsWhetherTheTokenIsBoundToACertificate(String tokenType, boolean bound) throws Exception {
    JsonObject body =
        JsonObject.builder().put("access_token", "a").put("token_type", tokenType).build();
    assertThat(TokenResponse.read(body).isBoundBy(SenderConstraint.MTLS)).isEqualTo(bound);
  }

  @Test
  void refusesALifetimeThatIsNotANumberOfSeconds() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TokenResponse(
                    new AccessToken("a"),
                    "DPoP",
                    Optional.of(Duration.ofMillis(1)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    AuthorizationDetails.NONE,
                    Optional.empty()));
  }

  @Test
  void doesNotShowTokensInText() {
    assertThat(FULL.toString()).doesNotContain("secret").contains("idToken=true");
  }
}
