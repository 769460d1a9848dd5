package dev.countersign.server.par;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.issue.Audiences;

/**
 * What a client may ask for. Asked when a request is pushed and again when a person is about to
 * decide (PAR-13). Immutable.
 */
public final class RequestPolicy {
  private final Audiences audiences;

  /** Judges by the given resources. */
  public RequestPolicy(Audiences audiences) {
    this.audiences = audiences;
  }

  /**
   * The proof that the client may make the request. Refuses a client that is not registered for the
   * code grant ({@code unauthorized_client}), a redirect URI that it did not register ({@code
   * invalid_request}), a request without scope or beyond the client's ({@code invalid_scope}) and a
   * resource that is not the client's ({@code invalid_target}).
   *
   * @throws IllegalArgumentException if the request is another client's
   */
  @Enforces({"PAR-4", "PAR-9", "PAR-13", "BCP-2.1-1", "SP-5.3.2.1-7"})
  public PermittedRequest permit(RegisteredClient client, AuthorizationRequest request) {
    if (!request.clientId().equals(client.id())) {
      throw new IllegalArgumentException("the request belongs to another client");
    }
    if (!client.mayUse(GrantType.AUTHORIZATION_CODE)) {
      throw refuse(
          OAuthError.UNAUTHORIZED_CLIENT, "PAR-4", "the client is not registered for this grant");
    }
    if (!client.hasRedirectUri(request.redirectUri())) {
      throw refuse(
          OAuthError.INVALID_REQUEST, "PAR-9", "redirect_uri is not registered for this client");
    }
    if (request.scope().isEmpty()) {
      // RFC 6749 section 3.3 leaves it open; a person should never agree to a default.
      throw refuse(OAuthError.INVALID_SCOPE, "PAR-4", "scope is missing");
    }
    return new Permitted(
        client, request, audiences.decide(client, request.scope(), request.resources()));
  }

  private static RefusalException refuse(OAuthError error, String rule, String description) {
    return new RefusalException(Refusal.oauth(error, rule, description));
  }
}
