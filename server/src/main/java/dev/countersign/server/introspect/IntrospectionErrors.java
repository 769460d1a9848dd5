package dev.countersign.server.introspect;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.token.ErrorResponse;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.refusal.JsonErrors;
import dev.countersign.server.refusal.RefusalWriter;

/**
 * Refusals at the introspection endpoint. RFC 9701 section 5 wants the status 400 for whoever does
 * not authenticate, where RFC 7662 section 2.3 has 401: the form that is asked for decides between
 * them.
 */
public final class IntrospectionErrors implements RefusalWriter {
  private final JsonErrors others = new JsonErrors();

  /** There is but one form of them. */
  public IntrospectionErrors() {}

  @Override
  @Enforces({"9701-2", "IN-1"})
  public HttpResponse write(Refusal refusal, HttpRequest request, FapiInteractionId id) {
    return refusal instanceof Refusal.OAuth oauth
            && oauth.error() == OAuthError.INVALID_CLIENT
            && IntrospectionJwt.isAskedFor(request.headers())
        ? HttpResponse.json(400, ErrorResponse.of(oauth).toJson())
        : others.write(refusal, request, id);
  }
}
