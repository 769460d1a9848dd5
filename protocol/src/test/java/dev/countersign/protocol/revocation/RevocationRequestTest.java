package dev.countersign.protocol.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"RV-1"})
class RevocationRequestTest {

  @Test
  void bearsATokenAndWhatTheClientTakesItFor() {
    Form refresh = RevocationRequest.of(new RefreshToken("r-1")).toForm();
    Form access = RevocationRequest.of(new AccessToken("a.b.c")).toForm();

    assertThat(refresh.encode()).isEqualTo("token=r-1&token_type_hint=refresh_token");
    assertThat(access.encode()).isEqualTo("token=a.b.c&token_type_hint=access_token");
    RevocationRequest read = RevocationRequest.read(access);
    assertThat(read.accessToken()).contains(new AccessToken("a.b.c"));
    assertThat(read.refreshToken()).contains(new RefreshToken("a.b.c"));
    assertThat(read.hint()).contains(TokenTypeHint.ACCESS_TOKEN);
    assertThat(RevocationRequest.read(refresh).hint()).contains(TokenTypeHint.REFRESH_TOKEN);
    assertThat(read).hasToString("RevocationRequest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"token=x", "token=x&token_type_hint=", "token=x&token_type_hint=id_token"})
  void takesAnUnknownHintForNone(String body) {
    RevocationRequest read = RevocationRequest.read(Form.parseQuery(body));
    assertThat(read.hint()).isEmpty();
    assertThat(read.refreshToken()).contains(new RefreshToken("x"));
  }

  @Test
  void takesTextThatCanBeNoToken() {
    RevocationRequest spaced = RevocationRequest.read(Form.parseQuery("token=a+b"));
    assertThat(spaced.refreshToken()).isEmpty();
    assertThat(spaced.accessToken()).isEmpty();
    RevocationRequest tooLong =
        RevocationRequest.read(Form.builder().add("token", "x".repeat(4097)).build());
    assertThat(tooLong.refreshToken()).isEmpty();
    assertThat(tooLong.accessToken()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "token=", "token_type_hint=refresh_token"})
  void refusesARequestWithoutToken(String body) {
    Refusals.of(
        () -> RevocationRequest.read(Form.parseQuery(body)), OAuthError.INVALID_REQUEST, "RV-1");
  }
}
