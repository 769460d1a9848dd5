package dev.countersign.protocol.authorization;

import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.protocol.oauth.State;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes an authorization request as the parameters that {@link AuthorizationRequestReader} reads.
 */
final class AuthorizationRequestWriter {

  private AuthorizationRequestWriter() {}

  static Form write(AuthorizationRequest request) {
    Form.Builder form =
        Form.builder()
            .add("response_type", "code")
            .add("client_id", request.clientId().value())
            .add("redirect_uri", request.redirectUri().value())
            .add("code_challenge", request.codeChallenge().value())
            .add("code_challenge_method", CodeChallenge.METHOD);
    if (!request.scope().isEmpty()) {
      form.add("scope", request.scope().toString());
    }
    form.add("state", request.state().map(State::value))
        .add("nonce", request.nonce().map(Nonce::value));
    request.resources().forEach(resource -> form.add("resource", resource.value()));
    form.add("dpop_jkt", request.dpopJkt().map(Thumbprint::value));
    if (!request.prompt().isEmpty()) {
      form.add(
          "prompt", request.prompt().stream().map(Prompt::value).collect(Collectors.joining(" ")));
    }
    form.add("max_age", request.maxAge().map(age -> Long.toString(age.toSeconds())));
    if (!request.acrValues().isEmpty()) {
      form.add("acr_values", String.join(" ", request.acrValues()));
    }
    form.add("login_hint", request.loginHint())
        .add("ui_locales", request.uiLocales())
        .add("claims", request.claims().map(ClaimsRequest::toJson));
    return withExtensions(form, request).build();
  }

  /** What OpenID Connect does not know; what is not said means the same as before it was known. */
  private static Form.Builder withExtensions(Form.Builder form, AuthorizationRequest request) {
    return form.add(
            AuthorizationDetails.NAME,
            Optional.of(request.authorizationDetails())
                .filter(details -> !details.isEmpty())
                .map(AuthorizationDetails::toJson))
        .add(
            GrantManagement.ACTION,
            request.grantManagement().map(manage -> manage.action().value()))
        .add(
            GrantManagement.GRANT_ID,
            request.grantManagement().flatMap(GrantManagement::grantId).map(GrantId::value))
        .add(
            ResponseMode.NAME,
            Optional.of(request.responseMode())
                .filter(mode -> mode != ResponseMode.QUERY)
                .map(ResponseMode::value));
  }
}
