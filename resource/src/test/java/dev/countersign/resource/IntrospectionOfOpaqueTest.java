package dev.countersign.resource;

import static dev.countersign.resource.Scene.JOSE;
import static dev.countersign.resource.Scene.RANDOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a resource server asks what an opaque token allows. */
@Requirement({"IN-4", "SP-5.3.4-3"})
class IntrospectionOfOpaqueTest extends IntrospectionScene {
  @Test
  @Requirement({"IN-1", "RAR-9.2-1"})
  void tellsAllThatIsSaidOfAnOpaqueTokenAndNeverFromMemory() {
    Introspection cached = introspection.cachedFor(Introspection.LONGEST_CACHED);
    AccessToken opaque = AccessToken.random(RANDOM);
    JsonObject said = active(token());
    answers(said);
    assertThat(cached.introspect(opaque, clock.instant()).toJson()).isEqualTo(said);
    assertThat(server.received(INTROSPECT).getFirst().form().value("token"))
        .contains(opaque.reveal());

    server.on(INTROSPECT, r -> Reply.text(200, INACTIVE));
    assertThat(cached.introspect(opaque, clock.instant()))
        .isEqualTo(new IntrospectionResponse.Inactive());
    server.on(INTROSPECT, r -> Reply.text(503, ""));
    assertThatThrownBy(() -> cached.introspect(opaque, clock.instant()))
        .isInstanceOf(TokenStatusUnavailableException.class);
  }

  @Test
  @Requirement({"IN-3"})
  void takesASignedAnswerOfTheIssuerForItselfWhereItWantsOne() throws MalformedJsonException {
    Introspection signed = introspection.signed(JOSE);
    AccessToken opaque = AccessToken.random(RANDOM);
    JsonObject said = active(token());
    IntrospectionResponse good = IntrospectionResponse.read(said);

    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY, "api", good));
    assertThat(signed.introspect(opaque, clock.instant())).isEqualTo(good);
    server.on(INTROSPECT, r -> jwt(Scene.OTHER_KEY, "api", good));
    isUnable(signed, opaque);
    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY, "other", good));
    isUnable(signed, opaque);
    answers(said);
    isUnable(signed, opaque);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403, 404, 500, 503})
  void isUnableToSayIfTheServerRefusesToAnswer(int status) {
    server.on(INTROSPECT, r -> Reply.text(status, INACTIVE));
    isUnable(introspection, AccessToken.random(RANDOM));
  }

  private void isUnable(Introspection asking, AccessToken token) {
    assertThatThrownBy(() -> asking.introspect(token, clock.instant()))
        .isInstanceOf(TokenStatusUnavailableException.class)
        .hasMessageStartingWith("introspection: ")
        .message()
        .doesNotContain(token.reveal());
  }
}
