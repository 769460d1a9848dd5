package dev.countersign.server.refusal;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.token.ErrorResponse;
import dev.countersign.requirement.Enforces;
import java.util.Optional;

/** Refusals in JSON (RFC 6749 section 5.2), for endpoints that clients call themselves. */
public final class JsonErrors implements RefusalWriter {

  /** There is but one form of them. */
  public JsonErrors() {}

  @Override
  @Enforces({"OA-3", "PAR-7", "CA-4"})
  public HttpResponse write(Refusal refusal, HttpRequest request, FapiInteractionId id) {
    HttpResponse response = HttpResponse.json(refusal.status(), body(refusal).toJson());
    // RFC 6749 section 5.2: who tried the Authorization header gets a challenge of its kind.
    return refusal.status() == 401 && request.headers().first("authorization").isPresent()
        ? response.with(Challenge.HEADER, Challenge.of("Basic", "realm", "clients").toHeader())
        : response;
  }

  static ErrorResponse body(Refusal refusal) {
    return switch (refusal) {
      case Refusal.OAuth oauth -> ErrorResponse.of(oauth);
      case Refusal.Http http ->
          new ErrorResponse(OAuthError.INVALID_REQUEST.code(), Optional.of(http.description()));
    };
  }
}
