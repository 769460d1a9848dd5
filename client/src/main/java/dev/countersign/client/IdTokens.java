package dev.countersign.client;

import dev.countersign.protocol.idtoken.IdTokenClaims;
import dev.countersign.protocol.idtoken.IdTokenVerifier;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Nonce;
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

  /** The claims of the ID token that a code brought. */
  @Enforces("OA-10")
  IdTokenClaims ofLogin(String idToken, AccessToken accessToken, Transaction transaction)
      throws ClientException {
    IdTokenClaims claims = verified(idToken, accessToken, transaction.nonce(), false);
    requireRecentLogin(claims, transaction);
    requireContext(claims, transaction.request());
    return claims;
  }

  /**
   * The claims of the ID token that a refresh brought: the same person, the same login. It need not
   * repeat nonce and login time, but must not contradict them.
   */
  @Enforces("OA-13")
  IdTokenClaims ofRefresh(String idToken, AccessToken accessToken, IdTokenClaims before)
      throws ClientException {
    IdTokenClaims claims = verified(idToken, accessToken, before.nonce(), true);
    if (!claims.sub().equals(before.sub())) {
      throw new ProtocolViolation("OA-13", "the refreshed ID token is of another person");
    }
    if (claims.authTime().isPresent() && !claims.authTime().equals(before.authTime())) {
      throw new ProtocolViolation("OA-13", "the refreshed ID token is of another login");
    }
    return claims;
  }

  @Enforces({"MS-5.6.2-1", "SP-5.4.1-1.1"})
  private IdTokenClaims verified(
      String idToken, AccessToken accessToken, Optional<Nonce> nonce, boolean mayOmitNonce)
      throws ClientException {
    try {
      CompactJws signed = CompactJws.parse(idToken);
      boolean omitted = mayOmitNonce && !signed.unverifiedClaims().has("nonce");
      return verifier
          .verify(
              idToken,
              documents.keysFor(signed),
              omitted ? Optional.empty() : nonce,
              Optional.of(accessToken),
              time.now())
          .claims();
    } catch (InvalidJwtException e) {
      throw new ProtocolViolation(e.rule(), "the ID token is not valid: " + e.reason(), e);
    }
  }

  /** Measured at the start of the flow: the login may be that old then, and pages take time. */
  @Enforces("OA-10")
  private static void requireRecentLogin(IdTokenClaims claims, Transaction transaction)
      throws ProtocolViolation {
    Optional<Duration> maxAge = transaction.request().maxAge();
    if (maxAge.isEmpty()) {
      return;
    }
    Instant earliest = transaction.startedAt().minus(maxAge.get()).minus(LEEWAY);
    Instant login =
        claims
            .authTime()
            .orElseThrow(() -> new ProtocolViolation("OA-10", "the ID token has no auth_time"));
    if (login.isBefore(earliest)) {
      throw new ProtocolViolation("OA-10", "the login is older than max_age allows");
    }
  }

  @Enforces("OA-10")
  private static void requireContext(IdTokenClaims claims, FlowRequest request)
      throws ProtocolViolation {
    boolean met =
        request.acrValues().isEmpty()
            || claims.acr().filter(request.acrValues()::contains).isPresent();
    if (!met) {
      throw new ProtocolViolation("OA-10", "the login was not by one of the acr_values");
    }
  }
}
