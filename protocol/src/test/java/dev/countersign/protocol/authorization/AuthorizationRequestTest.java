package dev.countersign.protocol.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.State;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationRequestTest {

  private static final ClientId CLIENT = new ClientId("client1");
  private static final RedirectUri REDIRECT = new RedirectUri("https://client.example/cb?a=b");
  private static final CodeChallenge CHALLENGE =
      new CodeChallenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  private static final Thumbprint JKT =
      new Thumbprint("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");

  /** Each may be asked for, but together they are longer than the parameter may be. */
  private static final Map<String, ClaimsRequest.Wanted> TOO_MANY_CLAIMS =
      IntStream.range(0, 64)
          .boxed()
          .collect(Collectors.toMap(i -> i + "x".repeat(70), i -> ClaimsRequest.Wanted.VOLUNTARY));

  @Test
  @Requirement({"PAR-4", "SP-5.3.3.2-1", "SP-5.3.3.2-3"})
  void losesNothingOnTheWay() {
    AuthorizationRequest request =
        AuthorizationRequest.builder(CLIENT, REDIRECT, CHALLENGE)
            .scope(Scope.of("openid", "accounts"))
            .state(new State("s \"<>&=+%~"))
            .nonce(new Nonce("n".repeat(64)))
            .resources(
                List.of(
                    new ResourceIndicator("https://api.example/a"),
                    new ResourceIndicator("urn:example:b")))
            .dpopJkt(JKT)
            .prompt(Set.of(Prompt.LOGIN, Prompt.CONSENT))
            .maxAge(Duration.ZERO)
            .acrValues(List.of("urn:mace:silver", "pwd"))
            .loginHint("jos\u00e9@example.com")
            .uiLocales("fr-CA fr")
            .claims(ClaimsRequest.parse("{\"id_token\":{\"acr\":{\"essential\":true}}}"))
            .build();

    assertThat(AuthorizationRequest.read(request.toForm(), CLIENT)).isEqualTo(request);
    Form overTheWire =
        Form.parseBody(request.toForm().encode().getBytes(StandardCharsets.US_ASCII));
    assertThat(AuthorizationRequest.read(overTheWire, CLIENT)).isEqualTo(request);
  }

  @Test
  @Requirement({"SP-5.3.2.2-1", "SP-5.3.2.2-6"})
  void acceptsTheLeastThatARequestMustHave() {
    AuthorizationRequest request = read(parameters());
    assertThat(request)
        .isEqualTo(AuthorizationRequest.builder(CLIENT, REDIRECT, CHALLENGE).build());
    assertThat(request.scope()).isEqualTo(Scope.NONE);
    assertThat(AuthorizationRequest.read(request.toForm(), CLIENT)).isEqualTo(request);
  }

  @Test
  @Requirement({"OA-5"})
  void ignoresParametersThatNobodyKnows() {
    assertThat(read(with("foo", "bar"))).isEqualTo(read(parameters()));
  }

  @ParameterizedTest
  @Requirement({"PAR-4", "PAR-7"})
  @CsvSource({
    "client_id, PAR-2",
    "response_type, SP-5.3.2.2-1",
    "redirect_uri, SP-5.3.2.2-6",
    "code_challenge, PKCE-3",
    "code_challenge_method, PKCE-2"
  })
  void refusesARequestWithoutWhatItMustHave(String name, String rule) {
    Map<String, String> parameters = parameters();
    parameters.remove(name);
    refuses(parameters, OAuthError.INVALID_REQUEST, rule);
  }

  @Test
  @Requirement({"PAR-2"})
  void refusesTheClientIdOfAnotherClient() {
    refuses(with("client_id", "client2"), OAuthError.INVALID_REQUEST, "PAR-2");
  }

  @Test
  @Requirement({"PAR-3"})
  void refusesARequestUriInTheBody() {
    refuses(
        with("request_uri", "urn:ietf:params:oauth:request_uri:x"),
        OAuthError.INVALID_REQUEST,
        "PAR-3");
  }

  @Test
  @Requirement({"OA-1"})
  void refusesRequestObjectsAndRegistration() {
    refuses(with("request", "e30.e30."), OAuthError.REQUEST_NOT_SUPPORTED, "OA-1");
    refuses(with("registration", "{}"), OAuthError.REGISTRATION_NOT_SUPPORTED, "OA-1");
  }

  @Test
  @Requirement({"OA-18"})
  void refusesAnIdTokenHintRatherThanIgnoreIt() {
    refuses(with("id_token_hint", "e30.e30.e30"), OAuthError.INVALID_REQUEST, "OA-18");
  }

  @ParameterizedTest
  @Requirement({"SP-5.3.2.2-1"})
  @ValueSource(
      strings = {"token", "id_token", "code id_token", "code token", "none", "CODE", "code code"})
  void refusesAnyResponseTypeButCode(String type) {
    refuses(with("response_type", type), OAuthError.UNSUPPORTED_RESPONSE_TYPE, "SP-5.3.2.2-1");
  }

  @ParameterizedTest
  @Requirement({"OA-17"})
  @ValueSource(strings = {"fragment", "form_post", "web_message", "JWT", "query jwt", "QUERY"})
  void refusesAnyOtherUnsignedResponseMode(String mode) {
    refuses(with("response_mode", mode), OAuthError.INVALID_REQUEST, "OA-17");
  }

  @ParameterizedTest
  @EnumSource(ResponseMode.class)
  @Requirement({"OA-17"})
  void keepsTheResponseMode(ResponseMode mode) {
    AuthorizationRequest request = read(with("response_mode", mode.value()));
    assertThat(request.responseMode()).isEqualTo(mode);
    assertThat(AuthorizationRequest.read(request.toForm(), request.clientId())).isEqualTo(request);
  }

  @Test
  @Requirement({"OA-17"})
  void acceptsTheResponseModeQuery() {
    assertThat(read(with("response_mode", "query"))).isEqualTo(read(parameters()));
  }

  @ParameterizedTest
  @Requirement({"SP-5.3.2.2-8", "PAR-7"})
  @ValueSource(
      strings = {
        "http://client.example/cb",
        "https://client.example/cb#f",
        "/cb",
        "javascript:alert(1)",
        "http://localhost/cb",
        "https://user@client.example/cb"
      })
  void refusesARedirectUriThatIsNeverRedirectedTo(String uri) {
    refuses(with("redirect_uri", uri), OAuthError.INVALID_REQUEST, "SP-5.3.2.2-8");
  }

  @ParameterizedTest
  @Requirement({"SP-5.3.2.2-8"})
  @ValueSource(strings = {"http://127.0.0.1:5173/cb", "http://[::1]:5173/cb"})
  void acceptsLoopbackRedirectionOfNativeApps(String uri) {
    assertThat(read(with("redirect_uri", uri)).redirectUri().value()).isEqualTo(uri);
  }

  @Test
  @Requirement({"SP-5.3.2.2-5", "PKCE-2", "PKCE-3"})
  void refusesPlainPkce() {
    refuses(with("code_challenge_method", "plain"), OAuthError.INVALID_REQUEST, "PKCE-2");
  }

  @Test
  @Requirement({"SP-5.3.2.2-14"})
  void acceptsANonceOf64CharactersUnchangedAndRefusesALongerOne() {
    assertThat(read(with("nonce", "x".repeat(64))).nonce()).contains(new Nonce("x".repeat(64)));
    refuses(with("nonce", "x".repeat(65)), OAuthError.INVALID_REQUEST, "SP-5.3.2.2-14");
  }

  @Test
  @Requirement({"SP-5.3.2.2-N4", "IA-2.7-2", "IA-2.7-3"})
  void keepsALongStateUnchanged() {
    String state = "<a href=\"x\">&amp; 100% + ~".repeat(75);
    assertThat(state).hasSizeGreaterThan(1900);
    assertThat(read(with("state", state)).state()).contains(new State(state));
    assertThat(read(parameters()).state()).isEmpty();
  }

  @ParameterizedTest
  @Requirement({"OA-14"})
  @ValueSource(strings = {"none login", "login none consent", "create", "Login", "none create"})
  void refusesPromptsThatContradictOrAreUnknown(String prompt) {
    refuses(with("prompt", prompt), OAuthError.INVALID_REQUEST, "OA-14");
  }

  @Test
  @Requirement({"OA-14"})
  void acceptsPromptsInAnyOrder() {
    assertThat(read(with("prompt", "none")).prompt()).containsExactly(Prompt.NONE);
    assertThat(read(with("prompt", "consent login")).prompt())
        .containsExactlyInAnyOrder(Prompt.LOGIN, Prompt.CONSENT);
    assertThat(read(parameters()).prompt()).isEmpty();
  }

  @ParameterizedTest
  @Requirement({"OA-15"})
  @ValueSource(strings = {"-1", "1.5", "abc", "1e3", "+1", " 1", "9999999999"})
  void refusesAMaxAgeThatIsNoNumberOfSeconds(String maxAge) {
    refuses(with("max_age", maxAge), OAuthError.INVALID_REQUEST, "OA-15");
  }

  @Test
  @Requirement({"OA-15"})
  void acceptsAMaxAgeOfZeroAndMore() {
    assertThat(read(with("max_age", "0")).maxAge()).contains(Duration.ZERO);
    assertThat(read(with("max_age", "300")).maxAge()).contains(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @Requirement({"DP-16", "SP-5.3.2.1-12"})
  @ValueSource(
      strings = {
        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4",
        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4IA",
        "0ZcOCORZNYy+DWpqq30jZyJGHTN0d2HglBV3uiguA4I",
        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4J"
      })
  void refusesAMalformedKeyThumbprint(String jkt) {
    refuses(with("dpop_jkt", jkt), OAuthError.INVALID_REQUEST, "DP-16");
  }

  @Test
  @Requirement({"DP-16", "SP-5.3.2.1-12"})
  void acceptsAKeyThumbprint() {
    assertThat(read(with("dpop_jkt", JKT.value())).dpopJkt()).contains(JKT);
  }

  @ParameterizedTest
  @Requirement({"OA-11"})
  @ValueSource(strings = {"/api", "api", "https://api.example/a#f"})
  void refusesAResourceThatIsRelativeOrHasAFragment(String resource) {
    refuses(with("resource", resource), OAuthError.INVALID_TARGET, "OA-11");
  }

  @Test
  @Requirement({"OA-11"})
  void takesEachResourceOnce() {
    Form form =
        form(parameters())
            .add("resource", "https://api.example/a")
            .add("resource", "https://api.example/b")
            .add("resource", "https://api.example/a")
            .build();
    assertThat(AuthorizationRequest.read(form, CLIENT).resources())
        .extracting(ResourceIndicator::value)
        .containsExactly("https://api.example/a", "https://api.example/b");
  }

  @Test
  @Requirement({"OA-11"})
  void refusesMoreResourcesThanAnybodyNeeds() {
    Form.Builder form = form(parameters());
    for (int i = 0; i < 17; i++) {
      form.add("resource", "https://api.example/" + i);
    }
    Refusals.of(
        () -> AuthorizationRequest.read(form.build(), CLIENT), OAuthError.INVALID_TARGET, "OA-11");
  }

  @ParameterizedTest
  @Requirement({"OA-3"})
  @ValueSource(strings = {"a\"b", "a\\b", "a\tb", "\u00e9"})
  void refusesAMalformedScope(String scope) {
    refuses(with("scope", scope), OAuthError.INVALID_SCOPE, "OA-3");
  }

  @Test
  @Requirement({"OA-16"})
  void readsWhatClaimsAreAskedFor() {
    String claims = "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"gold\"]}}}";
    assertThat(read(with("claims", claims)).claims()).contains(ClaimsRequest.parse(claims));
    refuses(with("claims", "[]"), OAuthError.INVALID_REQUEST, "OA-16");
  }

  @Test
  @Requirement({"OA-16", "PAR-4"})
  void refusesClaimsThatAreTooLong() {
    String most = "{\"x\":\"" + "x".repeat(8184) + "\"}";
    assertThat(read(with("claims", most)).claims()).isPresent();
    refuses(with("claims", most + " "), OAuthError.INVALID_REQUEST, "PAR-4");
  }

  @Test
  @Requirement({"OA-16"})
  void takesAcrValuesInTheirOrder() {
    assertThat(read(with("acr_values", "b a b")).acrValues()).containsExactly("b", "a");
    refuses(with("acr_values", "a ".repeat(17).strip()), OAuthError.INVALID_REQUEST, "OA-16");
  }

  @ParameterizedTest
  @Requirement({"PAR-4"})
  @CsvSource({"login_hint, 1025", "ui_locales, 1025"})
  void refusesHintsThatAreTooLong(String name, int length) {
    assertThat(read(with(name, "x".repeat(length - 1)))).isNotNull();
    refuses(with(name, "x".repeat(length)), OAuthError.INVALID_REQUEST, "PAR-4");
  }

  @Test
  void refusesToBeBuiltWithWhatCouldNotBeSent() {
    AuthorizationRequest.Builder builder =
        AuthorizationRequest.builder(CLIENT, REDIRECT, CHALLENGE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.prompt(Set.of(Prompt.NONE, Prompt.LOGIN)).build());
    builder.prompt(Set.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxAge(Duration.ofSeconds(-1)).build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxAge(Duration.ofMillis(1)).build());
    builder.maxAge(Duration.ZERO);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.acrValues(List.of("a b")).build());
    builder.acrValues(List.of());
    assertThatIllegalArgumentException().isThrownBy(() -> builder.loginHint("").build());
    assertThatIllegalArgumentException().isThrownBy(() -> builder.loginHint("a\0b").build());
    builder.loginHint("a");
    builder.claims(new ClaimsRequest(TOO_MANY_CLAIMS, TOO_MANY_CLAIMS));
    assertThatIllegalArgumentException().isThrownBy(builder::build);
  }

  private static Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", "client1");
    parameters.put("redirect_uri", REDIRECT.value());
    parameters.put("code_challenge", CHALLENGE.value());
    parameters.put("code_challenge_method", "S256");
    return parameters;
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> parameters = parameters();
    parameters.put(name, value);
    return parameters;
  }

  private static Form.Builder form(Map<String, String> parameters) {
    Form.Builder form = Form.builder();
    parameters.forEach(form::add);
    return form;
  }

  private static AuthorizationRequest read(Map<String, String> parameters) {
    return AuthorizationRequest.read(form(parameters).build(), CLIENT);
  }

  private static void refuses(Map<String, String> parameters, OAuthError error, String rule) {
    Refusals.of(() -> read(parameters), error, rule);
  }
}
