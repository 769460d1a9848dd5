package dev.countersign.protocol.clientauth;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;

import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"CA-7", "SP-5.3.2.1-6"})
class SeveralMechanismsTest {

  private static final String ASSERTION =
      ClientAssertion.create(
          JOSE,
          KEY,
          new ClientId("client1"),
          new Issuer("https://as.example.com"),
          new Jti("j1"),
          Instant.EPOCH);

  @Test
  void refusesAClientSecret() {
    Form form = Form.builder().add("client_id", "client1").add("client_secret", "s").build();
    refuses(form, Headers.NONE);
  }

  @Test
  void refusesAClientSecretBesideAnAssertion() {
    Form form =
        Form.builder()
            .add("client_assertion_type", ClientAssertion.TYPE)
            .add("client_assertion", ASSERTION)
            .add("client_secret", "s")
            .build();
    refuses(form, Headers.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic Y2xpZW50MTpz", "Bearer x", "DPoP x", ""})
  void refusesCredentialsInTheAuthorizationHeaderBesideAnAssertion(String credentials) {
    refuses(
        ClientAssertion.toForm(ASSERTION),
        Headers.of(List.of(Map.entry("Authorization", credentials))));
  }

  @Test
  void refusesCredentialsInTheAuthorizationHeaderAlone() {
    refuses(
        Form.builder().build(),
        Headers.of(List.of(Map.entry("authorization", "Basic Y2xpZW50MTpz"))));
  }

  private static void refuses(Form form, Headers headers) {
    Refusals.of(() -> ClientAssertion.read(form, headers), OAuthError.INVALID_REQUEST, "CA-7");
  }
}
