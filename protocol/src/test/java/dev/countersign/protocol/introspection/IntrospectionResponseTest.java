package dev.countersign.protocol.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"IN-2"})
class IntrospectionResponseTest {
  private static final String KEY = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

  private static final String WHOLE =
      """
      {"active":true,"scope":"openid accounts","client_id":"app","token_type":"DPoP",\
      "exp":1772370300,"iat":1772370000,"nbf":1772370001,"sub":"u-1",\
      "aud":["https://api.example.com","https://as.example.com/userinfo"],\
      "iss":"https://as.example.com","jti":"j-1","cnf":{"jkt":"%s"},"acr":"urn:a",\
      "auth_time":1772369000}\
      """
          .formatted(KEY);

  private static IntrospectionResponse read(String text) throws MalformedJsonException {
    return IntrospectionResponse.read(JsonObject.parse(text));
  }

  @Test
  void writesWhatItReads() throws MalformedJsonException {
    assertThat(read(WHOLE).toJson().toJson()).isEqualTo(WHOLE);
    IntrospectionResponse.Active active = (IntrospectionResponse.Active) read(WHOLE);
    assertThat(active.scope()).contains(Scope.of("openid", "accounts"));
    assertThat(active.exp()).contains(Instant.ofEpochSecond(1772370300));
    assertThat(active.aud()).hasSize(2);
  }

  @Test
  void writesOneAudienceAsAStringAndLeavesOutWhatThereIsNot() throws MalformedJsonException {
    assertThat(read("{\"active\":true,\"aud\":[\"a\"],\"scope\":\"\"}").toJson().toJson())
        .isEqualTo("{\"active\":true,\"aud\":\"a\"}");
    assertThat(read("{\"active\":true}").toJson().toJson()).isEqualTo("{\"active\":true}");
  }

  @Test
  void saysNothingButInactiveOfATokenThatDoesNotStand() throws MalformedJsonException {
    assertThat(new IntrospectionResponse.Inactive().toJson().toJson())
        .isEqualTo("{\"active\":false}");
    assertThat(read("{\"active\":false,\"scope\":7,\"cnf\":null}"))
        .isEqualTo(new IntrospectionResponse.Inactive());
  }

  @Test
  void ignoresWhatItDoesNotKnow() throws MalformedJsonException {
    assertThat(read("{\"active\":true,\"username\":\"anna\",\"x\":{}}"))
        .isEqualTo(read("{\"active\":true}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"active\":\"true\"}",
        "{\"active\":1}",
        "{\"active\":null}",
        "{\"active\":true,\"scope\":[\"a\"]}",
        "{\"active\":true,\"scope\":\"a\\u0001b\"}",
        "{\"active\":true,\"client_id\":\"\"}",
        "{\"active\":true,\"exp\":\"1772370300\"}",
        "{\"active\":true,\"exp\":-1}",
        "{\"active\":true,\"exp\":1e30}",
        "{\"active\":true,\"sub\":7}",
        "{\"active\":true,\"aud\":{}}",
        "{\"active\":true,\"aud\":[7]}",
        "{\"active\":true,\"iss\":\"http://as.example.com\"}",
        "{\"active\":true,\"jti\":\"\"}",
        "{\"active\":true,\"cnf\":\"x\"}",
        "{\"active\":true,\"cnf\":{\"jkt\":\"short\"}}",
        "{\"active\":true,\"cnf\":{\"jkt\":7}}",
        "{\"active\":true,\"acr\":{}}",
        "{\"active\":true,\"auth_time\":\"now\"}"
      })
  void refusesAMemberOfAnotherTypeOrForm(String text) {
    assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> read(text));
  }
}
