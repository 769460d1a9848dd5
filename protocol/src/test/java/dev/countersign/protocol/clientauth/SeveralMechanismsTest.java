package dev.countersign.protocol.clientauth;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeveralMechanismsTest {

  private static final String BASIC = "Basic Y2xpZW50MTpz";
  private static final Form NOTHING = Form.builder().build();
  private static final Form SECRET =
      Form.builder().add("client_id", "client1").add("client_secret", "s").build();
  private static final Form ASSERTION =
      ClientAssertion.toForm(
          ClientAssertion.create(
              JOSE,
              KEY,
              new ClientId("client1"),
              new Issuer("https://as.example.com"),
              new Jti("j1"),
              Instant.EPOCH));

  @Test
  @Requirement({"CA-7", "SP-5.3.2.1-6"})
  void takesAnAssertionAlone() {
    assertThat(ClientAssertion.read(ASSERTION, Headers.NONE).clientId().value())
        .isEqualTo("client1");
  }

  @Test
  @Requirement({"CA-4", "SP-5.3.2.1-6"})
  void refusesAClientSecretInPlaceOfAnAssertionAsNoAuthentication() {
    refusesAnotherMethod(SECRET, Headers.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {BASIC, "Bearer x", "DPoP x", ""})
  @Requirement({"CA-4", "SP-5.3.2.1-6"})
  void refusesTheAuthorizationHeaderInPlaceOfAnAssertionAsNoAuthentication(String credentials) {
    refusesAnotherMethod(NOTHING, authorization(credentials));
  }

  @Test
  @Requirement({"CA-7", "OA-3"})
  void refusesAClientSecretBesideAnAssertion() {
    refusesSeveral(
        Form.builder()
            .add("client_assertion_type", ClientAssertion.TYPE)
            .add("client_assertion", ASSERTION.required("client_assertion"))
            .add("client_secret", "s")
            .build(),
        Headers.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {BASIC, "Bearer x", "DPoP x", ""})
  @Requirement({"CA-7", "OA-3"})
  void refusesCredentialsInTheAuthorizationHeaderBesideAnAssertion(String credentials) {
    refusesSeveral(ASSERTION, authorization(credentials));
  }

  @Test
  @Requirement({"CA-7", "OA-3"})
  void countsHalfAnAssertionToo() {
    Form typeAlone = Form.builder().add("client_assertion_type", ClientAssertion.TYPE).build();
    refusesSeveral(typeAlone, authorization(BASIC));
  }

  @Test
  @Requirement({"CA-7", "OA-3"})
  void refusesTwoOtherMethodsAndOneOfThemTwice() {
    refusesSeveral(SECRET, authorization(BASIC));
    refusesSeveral(NOTHING, authorization(BASIC, BASIC));
  }

  private static void refusesAnotherMethod(Form form, Headers headers) {
    Refusals.of(
        () -> ClientAssertion.read(form, headers), OAuthError.INVALID_CLIENT, "SP-5.3.2.1-6");
  }

  private static void refusesSeveral(Form form, Headers headers) {
    Refusals.of(() -> ClientAssertion.read(form, headers), OAuthError.INVALID_REQUEST, "CA-7");
  }

  private static Headers authorization(String... credentials) {
    return Headers.of(
        Stream.of(credentials).map(value -> Map.entry("authorization", value)).toList());
  }
}
