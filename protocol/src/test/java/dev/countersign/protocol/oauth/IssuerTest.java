package dev.countersign.protocol.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerTest {

  @ParameterizedTest
  @CsvSource({
    "https://as.example, https://as.example/.well-known/oauth-authorization-server",
    "https://as.example/, https://as.example/.well-known/oauth-authorization-server",
    "https://as.example/t1, https://as.example/.well-known/oauth-authorization-server/t1",
    "https://as.example/t1/, https://as.example/.well-known/oauth-authorization-server/t1",
    "https://as.example:8443/a/b,"
        + " https://as.example:8443/.well-known/oauth-authorization-server/a/b",
    "https://[::1]:8443/t1, https://[::1]:8443/.well-known/oauth-authorization-server/t1",
  })
  @Requirement({"SP-5.3.2.1-1"})
  void insertsTheWellKnownPartOfOAuth(String issuer, String location) {
    assertThat(new Issuer(issuer).oauthMetadata()).hasToString(location);
  }

  @ParameterizedTest
  @CsvSource({
    "https://as.example, https://as.example/.well-known/openid-configuration",
    "https://as.example/, https://as.example/.well-known/openid-configuration",
    "https://as.example/t1, https://as.example/t1/.well-known/openid-configuration",
  })
  @Requirement({"SP-5.3.2.1-1"})
  void appendsTheWellKnownPartOfOpenIdConnect(String issuer, String location) {
    assertThat(new Issuer(issuer).openIdConfiguration()).hasToString(location);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://as.example",
        "as.example",
        "https://",
        "https://as.example?",
        "https://as.example?tenant=1",
        "https://as.example#",
        "https://as.example#a",
        "https://user@as.example",
        "https://as.example /",
        "https://äs.example",
      })
  @Requirement({"OA-8"})
  void refusesWhatIsNoIssuer(String value) {
    assertThatThrownBy(() -> new Issuer(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Requirement({"OA-8"})
  void isAnotherIssuerIfOneCharacterDiffers() {
    Issuer issuer = new Issuer("https://as.example");

    assertThat(new Issuer("https://as.example")).isEqualTo(issuer);
    assertThat(new Issuer("https://as.example/")).isNotEqualTo(issuer);
    assertThat(new Issuer("https://AS.example")).isNotEqualTo(issuer);
    assertThat(new Issuer("https://as.example:443")).isNotEqualTo(issuer);
  }
}
