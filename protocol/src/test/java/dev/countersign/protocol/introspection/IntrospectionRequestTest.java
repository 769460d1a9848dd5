package dev.countersign.protocol.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.revocation.TokenTypeHint;
import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"IN-1"})
class IntrospectionRequestTest {

  @Test
  void bearsATokenAndWhatItIs() {
    Form form = IntrospectionRequest.of(new AccessToken("a.b.c")).toForm();

    assertThat(form.encode()).isEqualTo("token=a.b.c&token_type_hint=access_token");
    IntrospectionRequest read = IntrospectionRequest.read(form);
    assertThat(read.accessToken()).contains(new AccessToken("a.b.c"));
    assertThat(read.hint()).contains(TokenTypeHint.ACCESS_TOKEN);
    assertThat(read).hasToString("IntrospectionRequest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"token=x", "token=x&token_type_hint=", "token=x&token_type_hint=id_token"})
  void takesAnUnknownHintForNone(String body) {
    IntrospectionRequest read = IntrospectionRequest.read(Form.parseQuery(body));
    assertThat(read.hint()).isEmpty();
    assertThat(read.accessToken()).contains(new AccessToken("x"));
  }

  @Test
  void takesTextThatCanBeNoToken() {
    IntrospectionRequest spaced = IntrospectionRequest.read(Form.parseQuery("token=a+b"));
    assertThat(spaced.accessToken()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "token=", "token_type_hint=access_token"})
  void refusesARequestWithoutToken(String body) {
    Refusals.of(
        () -> IntrospectionRequest.read(Form.parseQuery(body)), OAuthError.INVALID_REQUEST, "IN-1");
  }
}
