package dev.countersign.protocol.authorization;

import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.State;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a pushed authorization request, one check a method. */
final class AuthorizationRequestReader {

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final Pattern SPACES = Pattern.compile(" +");

  private AuthorizationRequestReader() {}

  static AuthorizationRequest read(Form form, ClientId authenticated) {
    ClientId clientId = clientId(form, authenticated);
    refuseOtherForms(form);
    requireCode(form);
    ResponseMode responseMode = responseMode(form);
    RedirectUri redirectUri = redirectUri(form);
    CodeChallenge codeChallenge = CodeChallenge.require(form);
    try {
      return new AuthorizationRequest(
          clientId,
          redirectUri,
          form.value("scope").map(Scope::parse).orElse(Scope.NONE),
          codeChallenge,
          form.value("state").map(State::parse),
          form.value("nonce").map(Nonce::parse),
          resources(form),
          dpopJkt(form),
          prompt(form),
          maxAge(form),
          acrValues(form),
          text(form, "login_hint", AuthorizationRequest.MAX_HINT),
          text(form, "ui_locales", AuthorizationRequest.MAX_HINT),
          claims(form),
          authorizationDetails(form),
          GrantManagement.read(form),
          responseMode);
    } catch (IllegalArgumentException e) {
      // Messages of our own types: component and bound, never the value.
      throw refused(
          "PAR-4", "a parameter has a value that is not allowed", String.valueOf(e.getMessage()));
    }
  }

  @Enforces({"PAR-2", "CA-1"})
  private static ClientId clientId(Form form, ClientId authenticated) {
    String clientId = form.required("client_id", "PAR-2");
    if (!clientId.equals(authenticated.value())) {
      throw refused(
          "PAR-2",
          "client_id is not that of the authenticated client",
          Refusal.mismatch("client_id", clientId, authenticated.value()));
    }
    return authenticated;
  }

  /** Parameters that would bring the request, or part of it, in a way we do not take it. */
  @Enforces({"PAR-3", "OA-1", "OA-18"})
  private static void refuseOtherForms(Form form) {
    if (form.has("request_uri")) {
      throw refused("PAR-3", "request_uri must not be pushed", unexpected("request_uri"));
    }
    if (form.has("request")) {
      throw refused(
          OAuthError.REQUEST_NOT_SUPPORTED,
          "OA-1",
          "request is not supported",
          unexpected("request"));
    }
    if (form.has("registration")) {
      throw refused(
          OAuthError.REGISTRATION_NOT_SUPPORTED,
          "OA-1",
          "registration is not supported",
          unexpected("registration"));
    }
    // Whoever takes a hint verifies it and takes it out of the form first. Ignoring it could bring
    // tokens for another person than the hint names, which OIDC Core section 3.1.2.2 forbids.
    if (form.has("id_token_hint")) {
      throw refused("OA-18", "id_token_hint is not verified", unexpected("id_token_hint"));
    }
  }

  @Enforces({"SP-5.3.2.2-1"})
  private static void requireCode(Form form) {
    String responseType = form.required("response_type", "SP-5.3.2.2-1");
    if (!responseType.equals("code")) {
      throw refused(
          OAuthError.UNSUPPORTED_RESPONSE_TYPE,
          "SP-5.3.2.2-1",
          "response_type must be code",
          Refusal.mismatch("response_type", responseType, "code"));
    }
  }

  @Enforces({"OA-17"})
  private static ResponseMode responseMode(Form form) {
    String value = form.value(ResponseMode.NAME).orElse(ResponseMode.QUERY.value());
    return ResponseMode.of(value)
        .orElseThrow(
            () ->
                refused(
                    "OA-17",
                    "response_mode must be query, or one of a signed answer",
                    Refusal.mismatch(
                        ResponseMode.NAME,
                        value,
                        "one of " + Arrays.toString(ResponseMode.values()))));
  }

  @Enforces({"SP-5.3.2.2-6", "SP-5.3.2.2-8", "PAR-7"})
  private static RedirectUri redirectUri(Form form) {
    return RedirectUri.parse(form.required("redirect_uri", "SP-5.3.2.2-6"));
  }

  @Enforces({"OA-11"})
  private static List<ResourceIndicator> resources(Form form) {
    List<String> values = form.values("resource");
    if (values.size() > AuthorizationRequest.MAX_RESOURCES) {
      throw refused(
          OAuthError.INVALID_TARGET,
          "OA-11",
          "too many resource parameters",
          count("resource", values, AuthorizationRequest.MAX_RESOURCES));
    }
    return values.stream().map(ResourceIndicator::parse).toList();
  }

  @Enforces({"DP-16", "SP-5.3.2.1-12"})
  private static Optional<Thumbprint> dpopJkt(Form form) {
    Optional<String> value = form.value("dpop_jkt");
    try {
      return value.map(Thumbprint::new);
    } catch (IllegalArgumentException e) {
      throw refused(
          "DP-16",
          "dpop_jkt is not a SHA-256 thumbprint",
          Refusal.mismatch("dpop_jkt", value, "43 characters, base64url"));
    }
  }

  @Enforces({"OA-14"})
  private static Set<Prompt> prompt(Form form) {
    EnumSet<Prompt> prompts = EnumSet.noneOf(Prompt.class);
    for (String word : words(form, "prompt")) {
      prompts.add(
          Prompt.of(word)
              .orElseThrow(
                  () ->
                      refused(
                          "OA-14",
                          "prompt has an unknown value",
                          Refusal.mismatch(
                              "prompt", word, "none, login, consent or select_account"))));
    }
    if (prompts.contains(Prompt.NONE) && prompts.size() > 1) {
      throw refused(
          "OA-14",
          "prompt none must stand alone",
          Refusal.mismatch("prompt", form.value("prompt"), "none alone, or without none"));
    }
    return prompts;
  }

  @Enforces({"OA-15"})
  private static Optional<Duration> maxAge(Form form) {
    Optional<String> value = form.value("max_age");
    if (value.isPresent() && !SECONDS.matcher(value.get()).matches()) {
      throw refused(
          "OA-15",
          "max_age must be a number of seconds, zero or more",
          Refusal.mismatch("max_age", value, "0 to 999999999"));
    }
    return value.map(Long::parseLong).map(Duration::ofSeconds);
  }

  private static List<String> acrValues(Form form) {
    List<String> values = words(form, "acr_values");
    if (values.size() > AuthorizationRequest.MAX_ACR_VALUES) {
      throw refused(
          "OA-16",
          "too many acr_values",
          count("acr_values", values, AuthorizationRequest.MAX_ACR_VALUES));
    }
    return values;
  }

  private static Optional<ClaimsRequest> claims(Form form) {
    return text(form, "claims", AuthorizationRequest.MAX_CLAIMS).map(ClaimsRequest::parse);
  }

  private static AuthorizationDetails authorizationDetails(Form form) {
    return form.value(AuthorizationDetails.NAME)
        .map(AuthorizationDetails::parse)
        .orElse(AuthorizationDetails.NONE);
  }

  private static Optional<String> text(Form form, String name, int longest) {
    Optional<String> value = form.value(name);
    if (value.isPresent() && value.get().length() > longest) {
      throw refused(
          "PAR-4",
          "a parameter is too long",
          Refusal.mismatch(
              name, "of " + value.get().length() + " characters", "at most " + longest));
    }
    return value;
  }

  private static List<String> words(Form form, String name) {
    return form.value(name).stream()
        .flatMap(value -> Arrays.stream(SPACES.split(value, -1)))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static String unexpected(String name) {
    return Refusal.mismatch(name, "there", "none");
  }

  private static String count(String name, List<String> values, int most) {
    return Refusal.mismatch(name, "there " + values.size() + " times", "at most " + most);
  }

  private static RefusalException refused(String rule, String description, String detail) {
    return refused(OAuthError.INVALID_REQUEST, rule, description, detail);
  }

  private static RefusalException refused(
      OAuthError error, String rule, String description, String detail) {
    return Refusal.oauth(error, rule, description).withDetail(detail).exception();
  }
}
