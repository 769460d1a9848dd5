package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.requirement.Requirement;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FapiClientBuilderTest {

  private static final SigningKey KEY =
      ScriptedAs.JOSE.generate(SignatureAlgorithm.ES256, ScriptedAs.RANDOM);

  private static FapiClientBuilder builder() {
    return FapiClient.builder(
        new Issuer("https://as.example"),
        new ClientId("client-1"),
        KEY,
        new RedirectUri("https://client.example/callback"));
  }

  @Test
  @Requirement("SP-6.3")
  void makesADpopKeyOfItsOwnForEachClient() {
    assertThat(builder().build().dpopJkt().orElseThrow())
        .isNotEqualTo(builder().build().dpopJkt().orElseThrow());
  }

  @Test
  void takesADpopKeyThatIsGiven() {
    SigningKey given = ScriptedAs.JOSE.generate(SignatureAlgorithm.EDDSA, ScriptedAs.RANDOM);
    assertThat(builder().dpopKey(given).build().dpopJkt().orElseThrow())
        .isEqualTo(given.thumbprint());
  }

  @Test
  @Requirement("SP-6.8-2")
  void refusesTheAuthenticationKeyAsDpopKey() {
    assertThatThrownBy(() -> builder().dpopKey(KEY).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SP-6.8-2");
  }

  @Test
  void refusesAnHttpClientThatFollowsRedirects() {
    HttpClient follower =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    assertThatThrownBy(() -> builder().httpClient(follower).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Requirement("SP-5.2.1-1")
  void refusesAnIssuerWithoutTls() {
    assertThatThrownBy(() -> new Issuer("http://as.example"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesBoundsThatAreNotPositive() {
    assertThatThrownBy(() -> builder().timeout(Duration.ZERO).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder().transactionLifetime(Duration.ZERO).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder().maxResourceBytes(0).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Requirement("SP-5.4.1-4")
  void refusesASessionHandleThatCanBeGuessed() {
    assertThatThrownBy(() -> new BrowserSession("x".repeat(21)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new BrowserSession("x".repeat(22)).startToken()).hasSize(64);
    assertThat(BrowserSession.parse("x".repeat(22))).isPresent();
    assertThat(BrowserSession.parse("x".repeat(21))).isEmpty();
    assertThat(BrowserSession.parse("x y".repeat(22))).isEmpty();
  }
}
