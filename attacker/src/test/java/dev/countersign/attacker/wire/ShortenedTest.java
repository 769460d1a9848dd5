package dev.countersign.attacker.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortenedTest {
  private static final String SECRET = "s3cr3t-V4lue_of.a~token-0123456789abcdef";
  private static final String SIGNATURE = "c2lnbmF0dXJlLW9mLWEtand0";

  private static String jwt(String header, String claims) {
    return encoded(header) + "." + encoded(claims) + "." + SIGNATURE;
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String body(String text) {
    return Shortened.body("application/json", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String field(String name, String value) {
    return Shortened.fields(List.of(Map.entry(name, value))).getFirst().getValue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code=S",
        "a=b&code=S&c=d",
        "https://app.example.com/callback?code=S",
        "https://app.example.com/callback#access_token=S",
        "<a href=\"/callback?state=x&amp;code=S\">",
        "<meta content=\"0;url=/callback;code=S\">",
        "location.href = '/callback?state=x\\u0026code=S'",
        "\"/callback?state=x\\u0026code\\u003dS\"",
        "/login?next=%2Fcallback%3Fstate%3Dx%26code%3DS",
        "{\"code\":\"S\"}",
        "{\"code\" : [\"S\"]}",
        "{\"password\":\"\\\"S\"}",
        "{\"message\":\"{\\\"refresh_token\\\":\\\"S\\\"}\"}",
        "<div data-token=\"{&quot;token&quot;:&quot;S&quot;}\">",
        "{'access_token': 'S'}",
        "{\"kty\":\"EC\",\"d\":\"S\"}",
        "GET / HTTP/1.1\r\nsignature: sig1=:S:\r\nConnection: close",
        "GET / HTTP/1.1\r\ncookie: session=S\r\n",
        "you said Authorization: DPoP S",
        "-----BEGIN PRIVATE KEY-----\nS\n-----END PRIVATE KEY-----"
      })
  void shortensASecretWhereverItsNameStands(String shape) {
    String text = shape.replace("S", SECRET);
    assertThat(body(text)).doesNotContain(SECRET.substring(5)).contains("characters)");
    assertThat(body(jwt("{\"alg\":\"ES256\"}", text))).doesNotContain(SECRET.substring(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "response_code=12345678901234567890",
        "error=invalid_request&state=12345678901234567890",
        "DPoP error=\"invalid_token\", error_description=\"a longer sentence\"",
        "{\"code_challenge\":\"12345678901234567890\",\"codes\":\"12345678901234567890\"}",
        "{\"token\":null,\"request\":{\"a\":true}}",
        "key.of.example"
      })
  void leavesWhatIsNoSecret(String text) {
    assertThat(body(text)).isEqualTo(text);
  }

  @Test
  void leavesOfAJwtWhatItSaysAndNotItsSignature() {
    String jwt = jwt("{\"alg\":\"ES256\"}", "{\"iss\":\"me\"}");
    assertThat(Shortened.secret(jwt)).isEqualTo("{\"alg\":\"ES256\"}.{\"iss\":\"me\"}.…");
    assertThat(body("%22" + jwt + "%22")).isEqualTo("%22{\"alg\":\"ES256\"}.{\"iss\":\"me\"}.…%22");
    assertThat(body(jwt("{ \"alg\":\"ES256\"}", "{}"))).isEqualTo("{ \"alg\":\"ES256\"}.{}.…");
  }

  @Test
  void leavesOfAnEncryptedJwtItsHeaderAlone() {
    String jwe = encoded("{\"alg\":\"ECDH-ES\"}") + "..iv_of_it.ciphertext_of_it.tag_of_it";
    assertThat(body(jwe)).isEqualTo("{\"alg\":\"ECDH-ES\"}.….…");
  }

  @Test
  void shortensTheCodeOfASignedResponse() {
    String response = jwt("{\"alg\":\"PS256\"}", "{\"code\":\"" + SECRET + "\",\"state\":\"x\"}");
    assertThat(Shortened.line("/callback?response=" + response))
        .contains("\"code\":\"s3cr… (", "\"state\":\"x\"")
        .doesNotContain(SECRET, SIGNATURE);
  }

  @Test
  void shortensAJwtWithinAJwt() {
    String token = jwt("{\"typ\":\"at+jwt\"}", "{\"sub\":\"anna\"}");
    String proof = jwt("{\"typ\":\"dpop+jwt\"}", "{\"ath\":\"" + token + "\"}");
    assertThat(field("DPoP", proof))
        .isEqualTo(
            "{\"typ\":\"dpop+jwt\"}.{\"ath\":\"{\"typ\":\"at+jwt\"}.{\"sub\":\"anna\"}.…\"}.…");
  }

  @Test
  void goesNoDeeperThanAPersonWouldRead() {
    String nested = jwt("{}", "{\"sub\":\"innermost\"}");
    for (int i = 0; i < 4; i++) {
      nested = jwt("{\"alg\":\"ES256\"}", "{\"request\":\"" + nested + "\"}");
    }
    assertThat(body(nested)).contains("…").doesNotContain("innermost", SIGNATURE);
  }

  @Test
  void shortensEveryCredentialOfAField() {
    String jwt = jwt("{\"alg\":\"ES256\"}", "{}");
    assertThat(field("DPoP", jwt + ", " + jwt))
        .isEqualTo("{\"alg\":\"ES256\"}.{}.…, {\"alg\":\"ES256\"}.{}.…");
    assertThat(field("DPoP", jwt + " " + jwt)).doesNotContain(SIGNATURE, jwt.substring(0, 20));
    assertThat(field("DPoP", jwt + "=")).doesNotContain(SIGNATURE);
    assertThat(field("Authorization", "DPoP " + SECRET + ", Bearer " + SECRET))
        .isEqualTo("DPoP s3cr… (40 characters), Bearer s3cr… (40 characters)");
    assertThat(field("Authorization", SECRET + " x")).doesNotContain(SECRET);
    assertThat(field("Signature", "sig1=:" + SECRET + ":, sig2=:" + SECRET + ":"))
        .startsWith("sig1=:")
        .contains(", sig2=:")
        .doesNotContain(SECRET);
  }

  @Test
  void keepsTheNameOfACookieAlone() {
    assertThat(field("Set-Cookie", "session=" + SECRET + "; Expires=Thu, 01 Jan 2026; Secure"))
        .startsWith("session=s3cr… (")
        .doesNotContain(SECRET, "Secure");
  }

  @Test
  void looksAtALongTextOnce() {
    String hostile = "eyJ".repeat(2000) + "\"code\":\"" + "\\\"".repeat(4000);
    Assertions.assertTimeout(Duration.ofSeconds(5), () -> body(hostile));
    assertThat(body("x".repeat(20_000))).hasSize(4001);
  }
}
