package dev.countersign.protocol.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Requirement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorResponseTest {

  @Test
  @Requirement({"OA-3", "PAR-7"})
  void saysCodeAndTextOfARefusalAndNothingElse() throws Exception {
    Refusal.OAuth refusal =
        Refusal.oauth(OAuthError.INVALID_GRANT, "OA-6", "code is malformed")
            .withDetail("only for the log");
    ErrorResponse response = ErrorResponse.of(refusal);
    assertThat(response.toJson().toJson())
        .isEqualTo("{\"error\":\"invalid_grant\",\"error_description\":\"code is malformed\"}");
    assertThat(ErrorResponse.read(response.toJson())).isEqualTo(response);
  }

  @Test
  @Requirement({"OA-2", "OA-3"})
  void readsAnErrorWithoutTextOrWithOtherCharactersInIt() throws Exception {
    ErrorResponse bare = new ErrorResponse("vendor_error", Optional.empty());
    assertThat(ErrorResponse.read(JsonObject.parse("{\"error\":\"vendor_error\",\"x\":1}")))
        .isEqualTo(bare);
    assertThat(
            ErrorResponse.read(
                JsonObject.parse(
                    "{\"error\":\"vendor_error\",\"error_description\":\"\\\"\u00e9\"}")))
        .isEqualTo(bare);
  }

  @ParameterizedTest
  @Requirement({"OA-3"})
  @ValueSource(strings = {"{}", "{\"error\":1}", "{\"error\":\"\"}", "{\"error\":\"\\u0022\"}"})
  void refusesAnAnswerWithoutError(String body) throws Exception {
    JsonObject json = JsonObject.parse(body);
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> ErrorResponse.read(json));
  }

  @ParameterizedTest
  @Requirement({"OA-2"})
  @ValueSource(strings = {"\"", "\\", "\n", "\u00e9", ""})
  void refusesToSendTextWithOtherCharacters(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ErrorResponse("invalid_request", Optional.of(text)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ErrorResponse(text, Optional.empty()));
  }
}
