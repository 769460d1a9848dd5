package dev.countersign.protocol.httpsig;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.http.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestMessageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com/?name=Ann Smith",
        "https://Ann@api.example.com/",
        "https://api.example.com/#Ann",
        "ftp://api.example.com/Ann",
        "/Ann"
      })
  void saysNothingOfAUrlThatIsNoTarget(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RequestMessage("GET", url, Headers.NONE, Headers.NONE))
        .withMessageStartingWith("RequestMessage.targetUri must be")
        .withMessageNotContaining("Ann");
  }
}
