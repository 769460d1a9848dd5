package dev.countersign.server.introspect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.introspection.IntrospectionRequest;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.AuthenticatedClient;
import dev.countersign.server.client.ClientAuthenticator;
import dev.countersign.server.http.FormBody;
import dev.countersign.server.issue.Audiences;
import dev.countersign.server.issue.TokenStanding;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.Replays;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.OnceKey;
import dev.countersign.store.OnceKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells a resource server whether a token of its own stands, and what it allows (RFC 7662). */
public final class IntrospectionEndpoint implements Endpoint {
  private final ClientAuthenticator resourceServers;
  private final AccessTokenVerifier ownTokens;
  private final JwkSet keys;
  private final TokenStanding standing;
  private final Audiences audiences;
  private final OnceKeys onceKeys;
  private final SignedAnswers answers;

  /**
   * Answers about tokens of this server.
   *
   * @param resourceServers knows who may ask; a client is nobody to it
   * @param ownTokens knows every access token of this server, for any audience
   * @param keys the server's own public keys
   */
  public IntrospectionEndpoint(
      ClientAuthenticator resourceServers,
      AccessTokenVerifier ownTokens,
      JwkSet keys,
      TokenStanding standing,
      Audiences audiences,
      OnceKeys onceKeys,
      SignedAnswers answers) {
    this.resourceServers = resourceServers;
    this.ownTokens = ownTokens;
    this.keys = keys;
    this.standing = standing;
    this.audiences = audiences;
    this.onceKeys = onceKeys;
    this.answers = answers;
  }

  @Override
  @Enforces({"IN-1", "IN-2", "IN-3"})
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Form form = FormBody.read(request);
    AuthenticatedClient caller = resourceServers.authenticate(form, request, now);
    log.client(caller.client().id());
    IntrospectionRequest asked = IntrospectionRequest.read(form);
    IntrospectionResponse answer =
        asked
            .accessToken()
            .flatMap(token -> ownClaims(token, now))
            .map(token -> answer(token, caller.client().resources(), now))
            .orElseGet(IntrospectionResponse.Inactive::new);
    log.detail(answer instanceof IntrospectionResponse.Active ? "active" : "not active");
    useUp(caller.onceKeys(), now);
    return IntrospectionJwt.isAskedFor(request.headers())
        ? HttpResponse.of(
            200,
            IntrospectionJwt.MEDIA_TYPE,
            answers.sign(caller.client().id(), answer, now).getBytes(US_ASCII))
        : HttpResponse.json(200, answer.toJson());
  }

  /** What our own token says; empty for one that is not ours, or not any more. */
  private Optional<AccessTokenClaims> ownClaims(AccessToken token, Instant now) {
    try {
      return Optional.of(ownTokens.verify(token, keys, now).claims());
    } catch (RefusalException notOurs) {
      // RFC 7662 section 2.2: never an error, the caller could do nothing about it.
      return Optional.empty();
    }
  }

  /** A token for another resource is none of the caller's business, whether it stands or not. */
  @Enforces({"IN-2", "IN-4"})
  private IntrospectionResponse answer(
      AccessTokenClaims token, List<ResourceIndicator> served, Instant now) {
    List<ResourceIndicator> own =
        served.stream().filter(resource -> token.aud().contains(resource.value())).toList();
    return own.isEmpty() || !standing.stands(token, now)
        ? new IntrospectionResponse.Inactive()
        : IntrospectionResponse.Active.of(
            token,
            audiences.at(own, token.scope()),
            token.authorizationDetails(),
            token.grantHandles());
  }

  private void useUp(Set<OnceKey> once, Instant now) {
    switch (onceKeys.useOnce(once, now)) {
      case OnceKeys.Outcome.Used() -> {}
      case OnceKeys.Outcome.Replayed(OnceKey key) -> throw Replays.refuse(key);
    }
  }
}
