package dev.countersign.server.introspect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.introspection.IntrospectionRequest;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.AuthenticatedClient;
import dev.countersign.server.client.ClientAuthenticator;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.http.FormBody;
import dev.countersign.server.issue.TokenStanding;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.Replays;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.OnceKeys;
import java.time.Instant;

/**
 * Tells a resource server whether a token of its own stands, and what it allows (RFC 7662), signed
 * if it asks for that (RFC 9701).
 */
public final class IntrospectionEndpoint implements Endpoint {
  private final ClientAuthenticator resourceServers;
  private final TokenStanding standing;
  private final OnceKeys onceKeys;
  private final SignedAnswers answers;

  /**
   * Answers about tokens of this server.
   *
   * @param resourceServers knows who may ask; a client is nobody to it
   */
  public IntrospectionEndpoint(
      ClientAuthenticator resourceServers,
      TokenStanding standing,
      OnceKeys onceKeys,
      SignedAnswers answers) {
    this.resourceServers = resourceServers;
    this.standing = standing;
    this.onceKeys = onceKeys;
    this.answers = answers;
  }

  @Override
  @Enforces({"IN-1", "IN-2", "IN-3", "MS-6.2", "9701-2"})
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Form form = FormBody.read(request);
    AuthenticatedClient caller = resourceServers.authenticate(form, request, now);
    log.client(caller.client().id());
    IntrospectionRequest asked = IntrospectionRequest.read(form);
    boolean signed = wantsItSigned(request, caller.client());
    IntrospectionResponse answer =
        asked
            .accessToken()
            .map(token -> standing.answer(token, caller.client().resources(), now))
            .orElseGet(IntrospectionResponse.Inactive::new);
    Replays.useUp(onceKeys, caller.onceKeys(), now);
    log.detail(answer instanceof IntrospectionResponse.Active ? "active" : "not active");
    return signed
        ? HttpResponse.of(
            200,
            IntrospectionJwt.MEDIA_TYPE,
            answers.sign(caller.client(), answer, now).getBytes(US_ASCII))
        : HttpResponse.json(200, answer.toJson());
  }

  /** The {@code Accept} of the request says it; of whom Message Signing is demanded, it must. */
  @Enforces({"MS-5.5.2-1", "9701-1"})
  private static boolean wantsItSigned(HttpRequest request, RegisteredClient resourceServer) {
    boolean signed = IntrospectionJwt.isAskedFor(request.headers());
    if (resourceServer.messageSigning().introspection() && !signed) {
      throw Refusal.oauth(
              OAuthError.INVALID_REQUEST,
              "MS-5.5.2-1",
              "this resource server must ask for a signed answer")
          .withDetail("Accept does not name " + IntrospectionJwt.MEDIA_TYPE)
          .exception();
    }
    return signed;
  }
}
