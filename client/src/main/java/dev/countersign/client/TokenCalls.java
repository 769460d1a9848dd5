package dev.countersign.client;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.idtoken.IdTokenClaims;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.token.TokenRequest;
import dev.countersign.protocol.token.TokenResponse;
import dev.countersign.remote.RemoteException;
import dev.countersign.requirement.Enforces;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The calls of the token endpoint, one a grant type, and what is taken from their answers. */
final class TokenCalls {

  private static final int OK = 200;

  private final Issuer issuer;
  private final ServerDocuments documents;
  private final AuthorizationServer server;
  private final IdTokens idTokens;
  private final RefreshTokens refreshTokens;
  private final SenderConstraint constraint;
  private final ServerTime time;
  private final SecureRandom random;

  TokenCalls(
      Issuer issuer,
      ServerDocuments documents,
      AuthorizationServer server,
      IdTokens idTokens,
      RefreshTokens refreshTokens,
      SenderConstraint constraint,
      ServerTime time,
      SecureRandom random) {
    this.issuer = issuer;
    this.documents = documents;
    this.server = server;
    this.idTokens = idTokens;
    this.refreshTokens = refreshTokens;
    this.constraint = constraint;
    this.time = time;
    this.random = random;
  }

  /** The tokens for a code; with {@code openid} granted an ID token must come along. */
  @Enforces({"OA-10", "SP-5.3.3.2-1"})
  Tokens ofCode(TokenRequest request, Transaction transaction) throws ClientException {
    CallContext context = new CallContext(transaction.interactionId(), new EndUserPresent(true));
    TokenResponse answer = call(request, context);
    Scope scope = answer.scope().orElse(transaction.request().scope());
    Optional<IdTokenClaims> idToken = Optional.empty();
    if (answer.idToken().isPresent()) {
      idToken =
          Optional.of(idTokens.ofLogin(answer.idToken().get(), answer.accessToken(), transaction));
    } else if (scope.contains(Scope.OPENID)) {
      throw new ProtocolViolation("OA-10", "openid was granted and no ID token came");
    }
    return tokens(answer, answer.refreshToken(), scope, idToken, answer.grantId(), context);
  }

  /** What a refresh brought, and the refresh token that is good from now on. */
  private record Refreshed(TokenResponse answer, RefreshToken next) {}

  /** New tokens for old; what the server does not send anew stays as it was. */
  @Enforces({"SP-5.3.3.1-6", "OA-13"})
  Tokens ofRefresh(Tokens before, RefreshRequest ask) throws ClientException {
    CallContext context = CallContext.fresh(random, ask.endUserPresent());
    Refreshed refreshed = refreshed(before, ask, context);
    // Not before the new refresh token is remembered: the keys may not be to be had, and the next
    // attempt must not come with the one that is used up.
    TokenResponse answer = refreshed.answer();
    Optional<IdTokenClaims> idToken = before.idToken();
    if (answer.idToken().isPresent() && idToken.isPresent()) {
      idToken =
          Optional.of(
              idTokens.ofRefresh(answer.idToken().get(), answer.accessToken(), idToken.get()));
    }
    return tokens(
        answer,
        Optional.of(refreshed.next()),
        answer.scope().or(ask::scope).orElse(before.scope()),
        idToken,
        answer.grantId().or(before::grantId),
        context);
  }

  private Refreshed refreshed(Tokens before, RefreshRequest ask, CallContext context)
      throws ClientException {
    RefreshToken known =
        before
            .refreshToken()
            .orElseThrow(() -> new IllegalArgumentException("the tokens have no refresh token"));
    try {
      return refreshTokens.use(
          known,
          newest -> {
            TokenResponse answer =
                call(
                    new TokenRequest.Refresh(
                        newest, ask.scope(), ask.resources(), ask.authorizationDetails()),
                    context);
            return new RefreshTokens.Used<>(
                new Refreshed(answer, answer.refreshToken().orElse(newest)), answer.refreshToken());
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportFault(
          new RemoteException(
              RemoteException.Kind.INTERRUPTED,
              issuer.uri(),
              "interrupted while another refresh went on",
              e));
    }
  }

  /** A token of the client's own: no person, no ID token, no refresh token. */
  Tokens ofClient(Scope scope, List<ResourceIndicator> resources, AuthorizationDetails details)
      throws ClientException {
    CallContext context = CallContext.fresh(random, new EndUserPresent(false));
    Optional<Scope> asked = Optional.of(scope).filter(some -> !some.isEmpty());
    TokenResponse answer =
        call(new TokenRequest.ClientCredentials(asked, resources, details), context);
    return tokens(
        answer,
        Optional.empty(),
        answer.scope().orElse(scope),
        Optional.empty(),
        Optional.empty(),
        context);
  }

  @Enforces({"OA-4"})
  private TokenResponse call(TokenRequest request, CallContext context) throws ClientException {
    JsonObject answer =
        server.post(
            new AuthorizationServer.Endpoint(
                "token_endpoint", documents.endpoints().token(), OK, true),
            request.toForm(),
            context);
    try {
      return bound(TokenResponse.read(answer));
    } catch (MalformedJsonException e) {
      throw new ProtocolViolation("OA-4", "the token endpoint answered wrongly");
    }
  }

  /** Whoever took a token that is bound in another way would send it where a thief can use it. */
  @Enforces({"DP-7", "MT-5", "SP-5.3.3.1-1"})
  private TokenResponse bound(TokenResponse answer) throws ProtocolViolation {
    if (!answer.isBoundBy(constraint)) {
      String rule = constraint == SenderConstraint.DPOP ? "DP-7" : "MT-5";
      throw new ProtocolViolation(rule, "the token type is not " + constraint.scheme());
    }
    return answer;
  }

  private Tokens tokens(
      TokenResponse answer,
      Optional<RefreshToken> refreshToken,
      Scope scope,
      Optional<IdTokenClaims> idToken,
      Optional<GrantId> grantId,
      CallContext context) {
    Instant now = time.now();
    return new Tokens(
        issuer,
        answer.accessToken(),
        answer.expiresIn().map(now::plus),
        refreshToken,
        scope,
        idToken,
        answer.authorizationDetails(),
        grantId,
        context.interactionId());
  }
}
