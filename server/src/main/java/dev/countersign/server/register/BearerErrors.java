package dev.countersign.server.register;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.token.ErrorResponse;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.refusal.RefusalWriter;
import java.util.Optional;

/** Refusals in JSON, with the challenge of RFC 6750 section 3 where a token is needed. */
public final class BearerErrors implements RefusalWriter {
  private static final String SCHEME = "Bearer";

  /** There is but one form of them. */
  public BearerErrors() {}

  @Override
  @Enforces({"DC-1", "DC-2", "DC-6"})
  public HttpResponse write(Refusal refusal, HttpRequest request, FapiInteractionId id) {
    return switch (refusal) {
      case Refusal.OAuth oauth -> {
        HttpResponse response = HttpResponse.json(oauth.status(), ErrorResponse.of(oauth).toJson());
        yield oauth.status() == 401
            ? response.with(
                Challenge.HEADER, Challenge.of(SCHEME, "error", oauth.error().code()).toHeader())
            : response;
      }
      // RFC 6750 section 3.1: who brought no credentials is told how, not what was wrong.
      case Refusal.Http http when http.status() == 401 ->
          HttpResponse.empty(401)
              .with(Challenge.HEADER, Challenge.of(SCHEME, "realm", "registration").toHeader());
      case Refusal.Http http ->
          HttpResponse.json(
              http.status(),
              new ErrorResponse(OAuthError.INVALID_REQUEST.code(), Optional.of(http.description()))
                  .toJson());
    };
  }
}
