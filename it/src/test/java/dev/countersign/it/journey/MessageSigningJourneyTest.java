package dev.countersign.it.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.client.AuthorizationRefused;
import dev.countersign.client.CodeBinding;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FapiClientBuilder;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.ProtocolViolation;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ServerRefused;
import dev.countersign.client.Tokens;
import dev.countersign.protocol.authorization.Prompt;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The journey with signed requests, signed responses, or both, by our client and our server. */
class MessageSigningJourneyTest {
  @TempDir private Path folder;

  /** Which messages a client must have signed. */
  enum Signed {
    REQUESTS("[requests]"),
    RESPONSES("[responses]"),
    BOTH("[requests, responses]");

    private final String option;

    Signed(String option) {
      this.option = option;
    }

    boolean requests() {
      return this != RESPONSES;
    }

    boolean responses() {
      return this != REQUESTS;
    }
  }

  static Stream<Arguments> everyWay() {
    return Variant.ofClients()
        .flatMap(variant -> Stream.of(Signed.values()).map(one -> Arguments.of(variant, one)));
  }

  private static final Variant USUAL =
      new Variant(Variant.Authentication.PRIVATE_KEY_JWT, false, true);

  private VariantWorld world(Variant variant, Signed signed) {
    return new VariantWorld(
        folder,
        variant,
        List.of("profile: fapi2-message-signing", "message_signing: " + signed.option));
  }

  private static FapiClient client(VariantWorld here, Signed signed) {
    FapiClientBuilder client = here.builder();
    if (signed.requests()) {
      client.signedRequests(here.world().app().key());
    }
    return signed.responses() ? client.signedResponses().build() : client.build();
  }

  private static URI begin(VariantWorld here, FapiClient client) throws Exception {
    World world = here.world();
    return client
        .begin(
            world.session().confirmStart(world.session().startToken()),
            FlowRequest.of(here.variant().scope()))
        .value();
  }

  private static List<Form> pushes(VariantWorld here) {
    return here.world().wire().all().stream()
        .filter(one -> one.url().getPath().endsWith("/par"))
        .map(Exchange::form)
        .toList();
  }

  private static JsonObject claims(String jwt) throws Exception {
    return CompactJws.parse(jwt).unverifiedClaims();
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  @Requirement({
    "MS-5.3.1-1",
    "MS-5.3.2-1",
    "MS-5.4.1-1",
    "MS-5.4.2-1",
    "MS-5.4.2-2",
    "JAR-4",
    "JARM-2"
  })
  void leadsFromThePushedRequestToTheBank(Variant variant, Signed signed) throws Exception {
    try (VariantWorld here = world(variant, signed)) {
      World world = here.world();
      FapiClient client = client(here, signed);
      URI url = begin(here, client);

      Form pushed = pushes(here).getLast();
      assertThat(pushed.has("request")).isEqualTo(signed.requests());
      if (signed.requests()) {
        assertThat(pushed.names())
            .isSubsetOf("client_id", "request", "client_assertion", "client_assertion_type");
        assertThat(claims(pushed.required("request")).string("response_mode").isPresent())
            .isEqualTo(signed.responses());
      }
      URI answer = world.agreed(url, world.password());
      Form came = Form.parseQuery(answer.getRawQuery());
      assertThat(came.names())
          .containsExactlyInAnyOrderElementsOf(
              signed.responses() ? List.of("response") : List.of("code", "state", "iss"));

      Tokens tokens = client.callback(world.session(), answer.getRawQuery());
      ResourceRequest accounts = ResourceRequest.get(world.accounts());
      assertThat(client.call(tokens, accounts).status()).isEqualTo(200);
      assertThat(client.call(client.refresh(tokens), accounts).status()).isEqualTo(200);
      assertThatThrownBy(() -> client.callback(world.session(), answer.getRawQuery()))
          .isInstanceOf(ProtocolViolation.class);
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  @Requirement({"ATT-61", "S-01", "MS-5.3.1-1", "MS-5.4.1-1"})
  void isRefusedThePushOfAClientThatDoesLess(Variant variant, Signed signed) throws Exception {
    try (VariantWorld here = world(variant, signed)) {
      Signed other = signed == Signed.REQUESTS ? Signed.RESPONSES : Signed.REQUESTS;
      for (FapiClient less : List.of(here.builder().build(), client(here, other))) {
        ServerRefused refused = catchThrowableOfType(ServerRefused.class, () -> begin(here, less));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).contains("invalid_request");
      }
    }
  }

  @Test
  @Requirement({"JAR-11", "DP-10"})
  void signsAnewWhenTheServerWantsANonce() throws Exception {
    try (VariantWorld here = world(USUAL, Signed.BOTH)) {
      FapiClient client =
          here.builder().codeBinding(CodeBinding.PAR_PROOF).messageSigning().build();
      Tokens tokens = here.world().journey(client, FlowRequest.of(USUAL.scope()));
      assertThat(tokens.idToken()).isPresent();
      assertThat(pushes(here)).hasSize(2);
      assertThat(claims(pushes(here).getFirst().required("request")).string("jti"))
          .isPresent()
          .isNotEqualTo(claims(pushes(here).getLast().required("request")).string("jti"));
    }
  }

  @Test
  @Requirement({"JARM-3", "JARM-4", "MS-5.4.2-1"})
  void takesTheAnswerOfAFragmentAndOfAForm() throws Exception {
    try (VariantWorld here = world(USUAL, Signed.BOTH)) {
      World world = here.world();
      FapiClient byFragment =
          here.builder().signedRequests().signedResponses(ResponseMode.FRAGMENT_JWT).build();
      URI answer = world.agreed(begin(here, byFragment), world.password());
      assertThat(answer.getRawQuery()).isNull();
      assertThat(byFragment.callbackFragment(world.session(), answer.getRawFragment()).idToken())
          .isPresent();

      FapiClient byForm =
          here.builder().signedRequests().signedResponses(ResponseMode.FORM_POST_JWT).build();
      URI url =
          byForm
              .begin(
                  world.session().confirmStart(world.session().startToken()),
                  FlowRequest.of(USUAL.scope()).withPrompt(Set.of(Prompt.CONSENT)))
              .value();
      String posted;
      try (Person person = new Person(world.tls().trust(), world.wire(), World.USERNAME)) {
        posted = person.agreeToPost(url, world.password(), world.app().redirectUri().uri());
      }
      assertThatThrownBy(() -> byForm.callback(world.session(), posted))
          .isInstanceOf(ProtocolViolation.class);
      assertThat(byForm.callbackForm(world.session(), posted).idToken()).isPresent();
    }
  }

  @Test
  @Requirement({"MS-5.4.2-2", "JARM-1"})
  void believesASignedRefusalAndNoOther() throws Exception {
    try (VariantWorld here = world(USUAL, Signed.BOTH)) {
      World world = here.world();
      FapiClient client = here.builder().messageSigning().build();
      URI url = begin(here, client);
      URI answer;
      try (Person person = new Person(world.tls().trust(), world.wire(), World.USERNAME)) {
        answer = person.deny(url, world.password());
      }
      String jwt = Form.parseQuery(answer.getRawQuery()).required("response");
      Form.Builder plain = Form.builder();
      for (String name : List.of("error", "state", "iss")) {
        plain.add(name, claims(jwt).string(name));
      }
      assertThatThrownBy(() -> client.callback(world.session(), plain.build().encode()))
          .isInstanceOfSatisfying(
              ProtocolViolation.class,
              violation -> assertThat(violation.rule().value()).isEqualTo("MS-5.4.2-2"));
      AuthorizationRefused refused =
          catchThrowableOfType(
              AuthorizationRefused.class,
              () -> client.callback(world.session(), answer.getRawQuery()));
      assertThat(refused.error()).isEqualTo("access_denied");
    }
  }
}
