package dev.countersign.server.par;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.authorization.ClaimsRequest;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.grants.GrantAction;
import dev.countersign.protocol.idtoken.IdTokenClaims;
import dev.countersign.protocol.jar.RequestObject;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.server.issue.Audience;
import dev.countersign.server.issue.Audiences;
import dev.countersign.server.issue.GrantChanges;
import dev.countersign.server.issue.UserClaims;
import dev.countersign.store.AllowedClaims;
import dev.countersign.store.Consent;
import dev.countersign.store.Grant;
import dev.countersign.store.PushedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client may ask for. Asked when a request is pushed and again when a person is about to
 * decide (PAR-13). Immutable.
 */
public final class RequestPolicy {
  private final Audiences audiences;
  private final DetailTypes types;
  private final UserClaims userClaims;
  private final ManagedGrants grants;
  private final GrantChanges changes;
  private final Optional<String> acr;

  /**
   * Judges by the given resources, types of authorization details, claims and grants.
   *
   * @param acr what every login says of its strength; empty: nothing
   */
  public RequestPolicy(
      Audiences audiences,
      DetailTypes types,
      UserClaims userClaims,
      ManagedGrants grants,
      Optional<String> acr) {
    this.audiences = audiences;
    this.types = types;
    this.userClaims = userClaims;
    this.grants = grants;
    this.changes = new GrantChanges(audiences, types);
    this.acr = acr;
  }

  /**
   * The proof that the client may make the request. Refuses a client that is not registered for the
   * code grant ({@code unauthorized_client}), a redirect URI that it did not register ({@code
   * invalid_request}), a request that is not signed where it has to be ({@code invalid_request}), a
   * response mode that is not signed where it has to be, or that it did not register ({@code
   * invalid_request}), a {@code dpop_jkt} of a client that is not registered for DPoP ({@code
   * invalid_request}), a request for nothing or beyond the client's scope ({@code invalid_scope}),
   * authorization details that it may not ask for ({@code invalid_authorization_details}), a
   * resource that is not the client's ({@code invalid_target}), and {@code acr_values} or an
   * essential {@code acr} that no login here has ({@code unmet_authentication_requirements}). A
   * claim that the client may not know is left out: section 5.5 makes that no error. Of grants that
   * it names it refuses what {@link ManagedGrants#existing} and {@link GrantChanges#after} do.
   *
   * @throws IllegalArgumentException if the request is another client's
   */
  @Enforces({"PAR-4", "PAR-9", "PAR-13", "BCP-2.1-1", "SP-5.3.2.1-7", "OA-16", "RAR-5-1"})
  public PermittedRequest permit(RegisteredClient client, PushedRequest pushed, Instant now) {
    AuthorizationRequest request = pushed.request();
    if (!request.clientId().equals(client.id())) {
      throw new IllegalArgumentException("the request belongs to another client");
    }
    requireRegistered(client, request);
    requireSigned(client, pushed.signed());
    requireMode(client, request);
    requireSomething(client, request);
    requireDpop(client, request);
    requireAcr(request);
    AuthorizationDetails details = types.require(client, request.authorizationDetails(), now);
    Audience audience =
        audiences.decide(
            client, request.scope(), request.resources(), types.places(client, details));
    types.requireOnePlace(details, audience.resources());
    AllowedClaims claims = claims(client, audience, request);
    Optional<Grant> existing =
        grants.existing(request, now).map(grant -> grant.with(types.current(grant.details(), now)));
    existing.ifPresent(
        grant -> requireChangeable(grant, request, audience.with(details), claims, now));
    return new Permitted(
        client, pushed, audience, claims, consent(client, audience, claims), existing);
  }

  /** Worked out now, so that nobody is asked what could not be done; nothing is kept of it. */
  @Enforces({"GM-5.2-4"})
  private void requireChangeable(
      Grant before,
      AuthorizationRequest request,
      Audience audience,
      AllowedClaims claims,
      Instant now) {
    Grant allowed =
        new Grant(
            before.id(),
            before.clientId(),
            before.login(),
            audience.scope(),
            audience.resources(),
            claims,
            audience.details(),
            now);
    GrantAction action = request.grantManagement().orElseThrow().action();
    Grant _ = changes.after(action, before, allowed, now);
  }

  /** Refused at once: no proof would be taken for the code, so the code could never be redeemed. */
  @Enforces({"SP-5.3.2.1-5", "DP-16"})
  private static void requireDpop(RegisteredClient client, AuthorizationRequest request) {
    if (request.dpopJkt().isPresent() && client.binding() == SenderConstraint.MTLS) {
      throw refuse(
          OAuthError.INVALID_REQUEST,
          "SP-5.3.2.1-5",
          "dpop_jkt of a client that is not registered for DPoP",
          Refusal.mismatch("dpop_jkt", request.dpopJkt().get().value(), "none"));
    }
  }

  /** Refused at once: no login could change it, and a token without it would be refused again. */
  @Enforces({"SU-2", "OA-16"})
  private void requireAcr(AuthorizationRequest request) {
    if (request.allows(acr)) {
      return;
    }
    boolean essential = request.claims().filter(claims -> !claims.allows(acr)).isPresent();
    throw refuse(
        OAuthError.UNMET_AUTHENTICATION_REQUIREMENTS,
        essential ? "OA-16" : "SU-2",
        "no login here has the acr that is asked for",
        Refusal.mismatch(
            essential ? "the essential acr of claims" : "acr_values",
            essential ? "another" : String.join(" ", request.acrValues()),
            acr.orElse("none, as no login here has an acr")));
  }

  /** Whether it is registered for the code grant, and for this redirect URI. */
  @Enforces({"PAR-4", "PAR-9", "BCP-2.1-1"})
  private static void requireRegistered(RegisteredClient client, AuthorizationRequest request) {
    if (!client.mayUse(GrantType.AUTHORIZATION_CODE)) {
      throw refuse(
          OAuthError.UNAUTHORIZED_CLIENT,
          "PAR-4",
          "the client is not registered for this grant",
          Refusal.mismatch(
              "the grant type",
              GrantType.AUTHORIZATION_CODE.value(),
              "one of " + client.grantTypeValues()));
    }
    if (!client.hasRedirectUri(request.redirectUri())) {
      throw refuse(
          OAuthError.INVALID_REQUEST,
          "PAR-9",
          "redirect_uri is not registered for this client",
          Refusal.mismatch(
              "redirect_uri", request.redirectUri().value(), "one of " + client.redirectUris()));
    }
  }

  /** Whoever could change what was pushed unsigned could change it still. */
  @Enforces({"MS-5.3.1-1", "PAR-13"})
  static void requireSigned(RegisteredClient client, boolean signed) {
    if (client.messageSigning().requests() && !signed) {
      throw refuse(
          OAuthError.INVALID_REQUEST,
          "MS-5.3.1-1",
          "the request must be a signed object",
          Refusal.mismatch(RequestObject.PARAMETER, "missing", "a request object"));
    }
  }

  /** Never answered otherwise instead: a client that has to check signatures would be none then. */
  @Enforces({"MS-5.4.1-1", "MS-5.3.3-1", "A1-13"})
  private static void requireMode(RegisteredClient client, AuthorizationRequest request) {
    ResponseMode mode = request.responseMode();
    if (client.messageSigning().responses() && !mode.isSigned()) {
      throw refuse(
          OAuthError.INVALID_REQUEST,
          "MS-5.4.1-1",
          "the client must ask for a signed response",
          Refusal.mismatch(ResponseMode.NAME, mode.value(), "jwt, or another that is signed"));
    }
    if (!client.messageSigning().mayUse(mode)) {
      throw refuse(
          OAuthError.INVALID_REQUEST,
          "MS-5.3.3-1",
          "the client is not registered for this response_mode",
          Refusal.mismatch(
              ResponseMode.NAME,
              mode.value(),
              "one of " + client.messageSigning().responseModes()));
    }
  }

  /** RFC 6749 section 3.3 leaves it open; a person should never agree to a default. */
  @Enforces({"PAR-4"})
  private static void requireSomething(RegisteredClient client, AuthorizationRequest request) {
    if (request.scope().isEmpty() && request.authorizationDetails().isEmpty()) {
      throw refuse(
          OAuthError.INVALID_SCOPE,
          "PAR-4",
          "scope is missing, and there are no authorization_details",
          Refusal.mismatch("scope", "missing", "some of " + client.scope()));
    }
  }

  /** Without {@code openid} there is neither an ID token nor userinfo for them. */
  @Enforces({"OA-16"})
  private AllowedClaims claims(
      RegisteredClient client, Audience audience, AuthorizationRequest request) {
    if (request.claims().isEmpty() || !audience.scope().contains(Scope.OPENID)) {
      return AllowedClaims.NONE;
    }
    ClaimsRequest asked = request.claims().get();
    Set<String> open = userClaims.openedBy(client.scope());
    return new AllowedClaims(
        asked.idToken().keySet().stream()
            .filter(open::contains)
            .filter(name -> !IdTokenClaims.isReserved(name))
            .toList(),
        asked.userinfo().keySet().stream().filter(open::contains).toList());
  }

  /**
   * What the scope opens is allowed with it; the rest of the claims has to be allowed by name.
   * Whether the client can refresh is part of it, because people are told how long it lasts.
   */
  private Consent consent(RegisteredClient client, Audience audience, AllowedClaims claims) {
    Set<String> byScope = userClaims.openedBy(audience.scope());
    Set<String> byName =
        Stream.of(claims.idToken(), claims.userinfo())
            .flatMap(List::stream)
            .filter(name -> !byScope.contains(name))
            .collect(Collectors.toUnmodifiableSet());
    return Consent.to(
        audience.scope(), audience.resources(), byName, client.mayUse(GrantType.REFRESH_TOKEN));
  }

  private static RefusalException refuse(
      OAuthError error, String rule, String description, String detail) {
    return Refusal.oauth(error, rule, description).withDetail(detail).exception();
  }
}
