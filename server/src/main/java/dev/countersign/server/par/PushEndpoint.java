package dev.countersign.server.par;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.idtoken.IdTokenHints;
import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.RequestUri;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.par.PushedAuthorizationResponse;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.AuthenticatedClient;
import dev.countersign.server.client.ClientAuthenticator;
import dev.countersign.server.dpop.Proofs;
import dev.countersign.server.http.FormBody;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.Replays;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.server.sender.Senders;
import dev.countersign.store.OnceKey;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.PushedRequests;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes authorization requests, signed or not, from authenticated clients (RFC 9126, RFC 9101). */
public final class PushEndpoint implements Endpoint {
  private final ClientAuthenticator clients;
  private final RequestObjects objects;
  private final Senders senders;
  private final IdTokenHints hints;
  private final ManagedGrants grants;
  private final RequestPolicy policy;
  private final PushedRequests store;
  private final RequestKeeper keeper;
  private final Duration lifetime;
  private final SecureRandom random;

  /**
   * Takes requests into the store.
   *
   * @param keeper gets the signed ones
   * @param lifetime of the {@code request_uri}; below 600 s
   */
  @Enforces({"SP-5.3.2.2-12"})
  public PushEndpoint(
      ClientAuthenticator clients,
      RequestObjects objects,
      Senders senders,
      IdTokenHints hints,
      ManagedGrants grants,
      RequestPolicy policy,
      PushedRequests store,
      RequestKeeper keeper,
      Duration lifetime,
      SecureRandom random) {
    if (lifetime.compareTo(PushedAuthorizationResponse.LONGEST) > 0) {
      throw new IllegalArgumentException("lifetime must be below 600 s (SP-5.3.2.2-12)");
    }
    this.clients = clients;
    this.objects = objects;
    this.senders = senders;
    this.hints = hints;
    this.grants = grants;
    this.policy = policy;
    this.store = store;
    this.keeper = keeper;
    this.lifetime = lifetime;
    this.random = random;
  }

  @Override
  @Enforces({
    "SP-5.3.2.2-2",
    "SP-5.3.2.2-4",
    "PAR-1",
    "PAR-2",
    "PAR-5",
    "PAR-6",
    "SP-5.4.1-4",
    "GM-5.1-1"
  })
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Form form = FormBody.read(request);
    AuthenticatedClient client = clients.authenticate(form, request, now);
    log.client(client.client().id());
    OpenedRequest opened = objects.open(form, client.client(), now);
    AuthorizationRequest asked = read(grants.known(opened.parameters()), client.client().id());
    Optional<VerifiedDpopProof> proof = senders.proofIfPresent(client.client(), request, now);
    AuthorizationRequest bound = proof.map(given -> bind(asked, given.jkt())).orElse(asked);
    RequestUri requestUri = RequestUri.random(random);
    PushedRequest pushed =
        new PushedRequest(
            requestUri.digest(), bound, opened.signed().isPresent(), now.plus(lifetime));
    push(policy.permit(client.client(), pushed, now), onceKeys(client, opened, proof), now);
    opened.signed().ifPresent(signed -> keep(signed, pushed, now, log));
    return HttpResponse.json(201, new PushedAuthorizationResponse(requestUri, lifetime).toJson());
  }

  /** A hint becomes part of what is asked, and is not kept. */
  @Enforces({"OA-18", "PAR-4"})
  private AuthorizationRequest read(Form form, ClientId client) {
    Optional<Subject> hinted = hints.person(form, client);
    AuthorizationRequest asked =
        AuthorizationRequest.read(form.without(IdTokenHints.PARAMETER), client);
    return hinted.map(asked::about).orElse(asked);
  }

  private void push(PermittedRequest permitted, Set<OnceKey> once, Instant now) {
    switch (store.pushRequest(permitted.pushed(), once, now)) {
      case PushedRequests.PushOutcome.Pushed() -> {}
      case PushedRequests.PushOutcome.Replayed(OnceKey key) -> throw Replays.refuse(key);
    }
  }

  private void keep(
      OpenedRequest.Signed signed, PushedRequest pushed, Instant now, RequestLog log) {
    ClientId client = pushed.request().clientId();
    keeper.keep(
        new SignedRequest(client, pushed.requestUri(), signed.object(), signed.keys(), now));
    log.detail("signed request");
  }

  /** A proof at this endpoint binds the code as {@code dpop_jkt} does; both must agree. */
  @Enforces({"PAR-15", "DP-16", "SP-5.3.2.1-12"})
  private static AuthorizationRequest bind(AuthorizationRequest asked, Thumbprint jkt) {
    Optional<Thumbprint> named = asked.dpopJkt();
    if (named.filter(other -> !other.equals(jkt)).isPresent()) {
      throw Refusal.oauth(
              OAuthError.INVALID_DPOP_PROOF, "PAR-15", "dpop_jkt names another key than the proof")
          .withDetail(
              Refusal.mismatch("dpop_jkt", named.get().value(), jkt.value() + " of the proof"))
          .exception();
    }
    return asked.withDpopJkt(jkt);
  }

  /** All that came with the request and may come once; used up together, or not at all. */
  @Enforces({"CA-3", "DP-15", "JAR-11"})
  private static Set<OnceKey> onceKeys(
      AuthenticatedClient client, OpenedRequest opened, Optional<VerifiedDpopProof> proof) {
    return Stream.of(
            client.onceKeys().stream(),
            opened.onceKey().stream(),
            proof.map(Proofs::onceKey).stream())
        .flatMap(keys -> keys)
        .collect(Collectors.toUnmodifiableSet());
  }
}
