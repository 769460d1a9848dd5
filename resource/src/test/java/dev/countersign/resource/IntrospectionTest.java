package dev.countersign.resource;

import static dev.countersign.resource.Scene.JOSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a resource server asks whether a JWT still stands. */
@Requirement({"IN-4", "SP-5.3.4-3"})
class IntrospectionTest extends IntrospectionScene {
  @Test
  @Requirement({"IN-1", "CA-1", "CA-5"})
  void postsTheTokenWithAnAssertionOfItsOwnForTheIssuer() {
    VerifiedAccessToken token = token();
    answers(active(token));

    assertThat(stands(token)).isTrue();
    assertThat(stands(token)).isTrue();

    List<Received> asked = server.received(INTROSPECT);
    assertThat(asked).hasSize(2);
    Form form = asked.getFirst().form();
    assertThat(asked.getFirst().method()).isEqualTo("POST");
    assertThat(asked.getFirst().query()).isEmpty();
    assertThat(asked.getFirst().headers().first("Accept")).contains("application/json");
    assertThat(form.value("token")).contains(token.token().reveal());
    assertThat(form.value("token_type_hint")).contains("access_token");
    assertThat(
            ClientAssertion.read(form, Headers.of(List.of()))
                .verify(
                    JOSE,
                    JwkSet.of(List.of(key.publicJwk())),
                    Optional.empty(),
                    issuer,
                    clock.instant())
                .clientId())
        .isEqualTo(new ClientId("api"));
    assertThat(form.value("client_assertion"))
        .isNotEqualTo(asked.getLast().form().value("client_assertion"));
  }

  @Test
  @Requirement({"IN-1", "MT-9"})
  void asksAtTheAliasWhereItsCertificateSaysWhoItIs() {
    Introspection byCertificate = introspection(new IntrospectionCaller.MutualTls(API));
    VerifiedAccessToken token = token();
    answers(active(token));
    assertThat(byCertificate.stands(token, clock.instant())).isTrue();
    assertThat(server.received(INTROSPECT).getFirst().form().value("client_id")).contains("api");
    assertThat(server.received(INTROSPECT).getFirst().form().has("client_assertion")).isFalse();

    Introspection atAlias = introspection(new IntrospectionCaller.MutualTls(API));
    server.on(
        METADATA,
        r ->
            Reply.json(
                200,
                metadata()
                    .put(
                        "mtls_endpoint_aliases",
                        JsonObject.builder()
                            .put("introspection_endpoint", server.uri("/alias").toString())
                            .build())
                    .build()));
    server.on("/alias", r -> Reply.text(200, INACTIVE));
    assertThat(atAlias.stands(token, clock.instant())).isFalse();
    assertThat(introspection(TIMEOUT).stands(token, clock.instant())).isTrue();
  }

  @Test
  void saysThatATokenIsOverIfTheServerDoes() {
    server.on(INTROSPECT, r -> Reply.text(200, INACTIVE));
    assertThat(stands(token())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "aud", "cnf"})
  void takesNoAnswerThatLeavesOutWhatMustBeChecked(String member) {
    VerifiedAccessToken token = token();
    answers(without(active(token), member));
    isUnable(introspection, token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "jti", "sub", "client_id", "iat", "scope", "token_type"})
  void takesAnAnswerThatLeavesOutWhatIsOptional(String member) {
    VerifiedAccessToken token = token();
    answers(without(active(token), member));
    assertThat(stands(token)).isTrue();
  }

  @Test
  void takesNoAnswerAboutAnotherToken() {
    VerifiedAccessToken token = token();
    answers(active(token()));
    isUnable(introspection, token);
  }

  @Test
  void takesNoAnswerThatContradictsTheToken() {
    VerifiedAccessToken token = token();
    Map<String, JsonObject> wrong =
        Map.of(
            "aud", JsonObject.builder().put("aud", "https://other.example.com").build(),
            "iss", JsonObject.builder().put("iss", "https://other.example.com").build(),
            "exp", JsonObject.builder().put("exp", clock.instant().getEpochSecond() - 5).build(),
            "nbf", JsonObject.builder().put("nbf", clock.instant().getEpochSecond() + 31).build(),
            "cnf",
                JsonObject.builder()
                    .put(
                        "cnf",
                        JsonObject.builder()
                            .put("jkt", Scene.OTHER_KEY.thumbprint().value())
                            .build())
                    .build());
    wrong.forEach(
        (name, member) -> {
          answers(without(active(token), name).toBuilder().putAll(member).build());
          isUnable(introspection, token);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 403, 404, 500, 503})
  void isUnableToSayIfTheServerRefusesToAnswer(int status) {
    server.on(INTROSPECT, r -> Reply.text(status, INACTIVE));
    isUnable(introspection, token());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "active", "{}", "{\"active\":\"true\"}", "{\"active\":true,"})
  void isUnableToSayIfTheAnswerIsNone(String body) {
    server.on(INTROSPECT, r -> Reply.text(200, body));
    isUnable(introspection, token());
  }

  @Test
  void isUnableToSayIfTheAnswerIsTooLongOrNeverEnds() {
    VerifiedAccessToken token = token();
    server.on(
        INTROSPECT, r -> Reply.text(200, "{\"active\":false,\"x\":\"" + "x".repeat(5000) + "\"}"));
    isUnable(introspection, token);
    server.on(INTROSPECT, r -> Reply.text(200, "{").stalled());
    isUnable(introspection(Duration.ofMillis(200)), token);
  }

  @Test
  void isUnableToSayIfThereIsNoEndpointOrNoServer() {
    VerifiedAccessToken token = token();
    server.on(
        METADATA, r -> Reply.json(200, without(metadata().build(), "introspection_endpoint")));
    isUnable(introspection, token);
    Introspection late = introspection(TIMEOUT);
    server.close();
    isUnable(late, token);
  }

  @Test
  void asksEveryTimeUnlessAnswersAreCached() {
    VerifiedAccessToken token = token();
    answers(active(token));
    assertThat(stands(token)).isTrue();
    server.on(INTROSPECT, r -> Reply.text(200, INACTIVE));
    assertThat(stands(token)).isFalse();
  }

  @Test
  void remembersAnAnswerForAsLongAsItWasTold() {
    Introspection cached = introspection.cachedFor(Duration.ofSeconds(5));
    VerifiedAccessToken token = token();
    answers(active(token));
    assertThat(cached.stands(token, clock.instant())).isTrue();
    server.on(INTROSPECT, r -> Reply.text(200, INACTIVE));

    clock.advance(Duration.ofSeconds(5).minusNanos(1));
    assertThat(cached.stands(token, clock.instant())).isTrue();
    assertThat(cached.stands(token(), clock.instant())).isFalse();
    clock.advance(Duration.ofNanos(1));
    assertThat(cached.stands(token, clock.instant())).isFalse();
    assertThat(server.received(INTROSPECT)).hasSize(3);
  }

  @Test
  void remembersNothingBeyondTheEndOfTheToken() {
    Introspection cached = introspection.cachedFor(Introspection.LONGEST_CACHED);
    VerifiedAccessToken token = token();
    answers(active(token));
    clock.advance(Duration.ofSeconds(29));
    assertThat(cached.stands(token, clock.instant())).isTrue();
    clock.advance(Duration.ofSeconds(1));
    cached.stands(token, clock.instant());
    cached.stands(token, clock.instant());
    assertThat(server.received(INTROSPECT)).hasSize(3);
  }

  @Test
  void remembersNoFailure() {
    Introspection cached = introspection.cachedFor(Duration.ofSeconds(5));
    VerifiedAccessToken token = token();
    server.on(INTROSPECT, r -> Reply.text(503, ""));
    isUnable(cached, token);
    answers(active(token));
    assertThat(cached.stands(token, clock.instant())).isTrue();
  }

  @Test
  @Requirement({"IN-3"})
  void takesASignedAnswerOfTheIssuerForItselfWhereItWantsOne() {
    Introspection signed = introspection.signed(JOSE);
    VerifiedAccessToken token = token();
    IntrospectionResponse good =
        IntrospectionResponse.Active.of(
            token.claims(),
            token.claims().aud(),
            token.claims().scope(),
            token.claims().authorizationDetails(),
            token.claims().grantHandles());
    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY, "api", good));
    assertThat(signed.stands(token, clock.instant())).isTrue();
    assertThat(server.received(INTROSPECT).getFirst().headers().first("Accept"))
        .contains("application/token-introspection+jwt");
    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY, "api", new IntrospectionResponse.Inactive()));
    assertThat(signed.stands(token, clock.instant())).isFalse();

    server.on(INTROSPECT, r -> jwt(Scene.OTHER_KEY, "api", good));
    isUnable(signed, token);
    server.on(INTROSPECT, r -> jwt(Scene.ISSUER_KEY, "other", good));
    isUnable(signed, token);
    answers(active(token));
    isUnable(signed, token);
  }

  @Test
  void refusesToCacheForLong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> introspection.cachedFor(Duration.ofSeconds(60).plusNanos(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> introspection.cachedFor(Duration.ofNanos(-1)));
  }
}
