package dev.countersign.client;

import dev.countersign.protocol.idtoken.IdTokenClaims;
import dev.countersign.protocol.idtoken.IdTokenVerifier;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the client takes from an ID token, after everything the flow demands of it was checked. */
final class IdTokens {

  /** Two clocks and a slow network: how far {@code auth_time} may miss {@code max_age}. */
  private static final Duration LEEWAY = Duration.ofSeconds(30);

  private final IdTokenVerifier verifier;
  private final ServerDocuments documents;
  private final ServerTime time;

  IdTokens(
      Jose jose, Issuer issuer, ClientId clientId, ServerDocuments documents, ServerTime time) {
    this.verifier = new IdTokenVerifier(jose, issuer, clientId);
    this.documents = documents;
    this.time = time;
  }

  /**
   * The claims of the ID token that a code brought. Its {@code acr} may be any, unless the flow
   * needs one: {@code acr_values} alone is a wish (OA-16).
   */
  @Enforces({"OA-10", "OA-16"})
  IdTokenClaims ofLogin(String idToken, AccessToken accessToken, Transaction transaction)
      throws ClientException {
    try {
      IdTokenClaims claims =
          verifier
              .verify(
                  idToken, keys(idToken), transaction.nonce(), Optional.of(accessToken), time.now())
              .claims();
      requireRecentLogin(claims, transaction);
      requireAcr(claims, transaction.request());
      return claims;
    } catch (InvalidJwtException e) {
      throw violation(e);
    }
  }

  /** The claims of the ID token that a refresh brought: the same person, the same login. */
  @Enforces("OA-13")
  IdTokenClaims ofRefresh(String idToken, AccessToken accessToken, IdTokenClaims before)
      throws ClientException {
    try {
      return verifier
          .verifyRefreshed(idToken, keys(idToken), before, Optional.of(accessToken), time.now())
          .claims();
    } catch (InvalidJwtException e) {
      throw violation(e);
    }
  }

  @Enforces({"MS-5.6.2-1", "SP-5.4.1-1.1"})
  private JwkSet keys(String idToken) throws ClientException, InvalidJwtException {
    return documents.keysFor(CompactJws.parse(idToken));
  }

  private static ProtocolViolation violation(InvalidJwtException e) {
    return new ProtocolViolation(e.rule(), "the ID token is not valid: " + e.reason(), e);
  }

  @Enforces({"OA-10", "SU-2"})
  private static void requireAcr(IdTokenClaims claims, FlowRequest request)
      throws ProtocolViolation {
    if (request.acrRequired() && claims.acr().filter(request.acrValues()::contains).isEmpty()) {
      throw new ProtocolViolation("OA-10", "the login is by another acr than is required");
    }
  }

  /** Measured at the start of the flow: the login may be that old then, and pages take time. */
  @Enforces("OA-10")
  private void requireRecentLogin(IdTokenClaims claims, Transaction transaction)
      throws ProtocolViolation {
    Optional<Duration> maxAge = transaction.request().maxAge();
    if (maxAge.isEmpty()) {
      return;
    }
    // The server's clock wrote auth_time, and its time may have been learnt after the start.
    Instant earliest = time.of(transaction.startedAt()).minus(maxAge.get()).minus(LEEWAY);
    Instant login =
        claims
            .authTime()
            .orElseThrow(() -> new ProtocolViolation("OA-10", "the ID token has no auth_time"));
    if (login.isBefore(earliest)) {
      throw new ProtocolViolation("OA-10", "the login is older than max_age allows");
    }
  }
}
