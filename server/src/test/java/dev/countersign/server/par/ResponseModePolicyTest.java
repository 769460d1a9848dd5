package dev.countersign.server.par;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which modes a client may ask to be answered. */
class ResponseModePolicyTest extends EndpointTest {

  @Override
  protected String configuration(String yaml) {
    return yaml.replace(
            "name: The App\n", "name: The App\n    response_modes: [query, fragment.jwt]\n")
        .replace(
            "name: The Other App\n",
            """
            name: The Other App
                profile: fapi2-message-signing
                message_signing: [responses]
            """);
  }

  private Reply app(String mode) {
    return server.app().push(server.app().authorizationRequest().and("response_mode", mode));
  }

  private Reply other(String mode) {
    return server.other().push(server.other().authorizationRequest().and("response_mode", mode));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jwt", "query.jwt", "fragment.jwt", "form_post.jwt"})
  @Requirement({"MS-5.4.1-1", "JARM-8"})
  void takesEachSignedModeOfAClientThatMustHaveOne(String mode) {
    assertThat(other(mode).status()).isEqualTo(201);
  }

  @Test
  @Requirement({"MS-5.4.1-1", "A1-13"})
  void refusesAPlainAnswerToAClientThatMustHaveASignedOne() {
    Params unsaid = server.other().authorizationRequest();
    assertThat(server.other().push(unsaid).outcome()).isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("MS-5.4.1-1");
    assertThat(other("query").outcome()).isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("MS-5.4.1-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fragment", "form_post", "web_message", "JWT", "jwt ", "query jwt"})
  @Requirement({"A1-13", "OA-17"})
  void refusesAModeThatNobodyHas(String mode) {
    for (Reply reply : new Reply[] {other(mode), app(mode)}) {
      assertThat(reply.outcome()).isEqualTo("400 invalid_request");
      assertThat(server.logged("rule")).contains("OA-17");
    }
  }

  @Test
  @Requirement({"OA-5", "A1-13"})
  void refusesTwoModes() {
    Params both = server.other().authorizationRequest().and("response_mode", "jwt");
    assertThat(server.other().push(both.and("response_mode", "query")).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"MS-5.3.3-1"})
  void takesTheModesThatAClientRegisteredAndNoOther() {
    assertThat(app("query").status()).isEqualTo(201);
    assertThat(server.app().push(server.app().authorizationRequest()).status()).isEqualTo(201);
    assertThat(app("fragment.jwt").status()).isEqualTo(201);
    for (String mode : new String[] {"jwt", "query.jwt", "form_post.jwt"}) {
      assertThat(app(mode).outcome()).isEqualTo("400 invalid_request");
      assertThat(server.logged("rule")).contains("MS-5.3.3-1");
    }
  }
}
