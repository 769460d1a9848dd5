package dev.countersign.server.refusal;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;

/**
 * Refusals of a protected resource: 401, 403 or 400 with {@code WWW-Authenticate: DPoP} (RFC 9449
 * section 7.1, RFC 6750 section 3), and the same in JSON for the developer.
 */
public final class Challenges implements RefusalWriter {
  private static final String ALGS = String.join(" ", SignatureAlgorithm.joseNames());

  /** There is but one form of them. */
  public Challenges() {}

  @Override
  @Enforces({"DP-11", "OA-9", "SP-5.3.4-4"})
  public HttpResponse write(Refusal refusal, HttpRequest request) {
    return switch (refusal) {
      case Refusal.OAuth oauth when oauth.status() < 500 -> challenge(oauth, request);
      case Refusal.OAuth oauth ->
          HttpResponse.json(oauth.status(), JsonErrors.body(oauth).toJson());
      case Refusal.Http http -> HttpResponse.json(http.status(), JsonErrors.body(http).toJson());
    };
  }

  private static HttpResponse challenge(Refusal.OAuth refusal, HttpRequest request) {
    int status = status(refusal);
    if (status == 401 && request.headers().first("authorization").isEmpty()) {
      // RFC 6750 section 3: who brought no credentials is told how, not what was wrong.
      return HttpResponse.empty(401)
          .with(Challenge.HEADER, Challenge.of("DPoP", "algs", ALGS).toHeader());
    }
    String error = refusal.error().code();
    String text = refusal.description();
    Challenge challenge =
        refusal.error() == OAuthError.INSUFFICIENT_SCOPE
            ? Challenge.of(
                "DPoP",
                "error",
                error,
                "error_description",
                text,
                "scope",
                Scope.OPENID,
                "algs",
                ALGS)
            : Challenge.of("DPoP", "error", error, "error_description", text, "algs", ALGS);
    return HttpResponse.json(status, JsonErrors.body(refusal).toJson())
        .with(Challenge.HEADER, challenge.toHeader());
  }

  private static int status(Refusal.OAuth refusal) {
    return switch (refusal.error()) {
      case INVALID_DPOP_PROOF, USE_DPOP_NONCE -> 401;
      default -> refusal.status();
    };
  }
}
