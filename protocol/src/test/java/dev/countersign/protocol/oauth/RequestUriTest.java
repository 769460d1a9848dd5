package dev.countersign.protocol.oauth;

import static dev.countersign.protocol.oauth.SecretTest.errorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestUriTest {

  private static final String RANDOM = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0";

  @Test
  @Requirement({"PAR-6", "SP-5.4.1-4"})
  void isTheUsualUrnWithAPartThatNobodyGuesses() {
    RequestUri uri = RequestUri.random(new SecureRandom());

    assertThat(uri.reveal()).matches("urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}");
    assertThat(RequestUri.parse(uri.reveal())).isEqualTo(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        RANDOM,
        "https://client.example/request.jwt",
        "urn:ietf:params:oauth:request_uri:",
        "urn:ietf:params:oauth:request_uri:AAAA",
        "urn:ietf:params:oauth:request_uri:" + RANDOM + "A",
        "URN:ietf:params:oauth:request_uri:" + RANDOM,
        "urn:ietf:params:oauth:request_uri:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/0",
        "urn:ietf:params:oauth:request_uri:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=0",
      })
  @Requirement({"SP-5.3.2.2-3"})
  void refusesWhatThisServerNeverHandedOut(String value) {
    assertThat(errorOf(() -> RequestUri.parse(value))).isEqualTo(OAuthError.INVALID_REQUEST_URI);
  }

  @Test
  void carriesWhatAnotherServerHandedOut() {
    assertThat(new RequestUri("urn:example:bwc4JK-ESC0w8acc191e-Y1LTC2").reveal())
        .isEqualTo("urn:example:bwc4JK-ESC0w8acc191e-Y1LTC2");
    assertThatThrownBy(() -> new RequestUri("no-scheme"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
