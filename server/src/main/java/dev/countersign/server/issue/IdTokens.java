package dev.countersign.server.issue;

import dev.countersign.protocol.idtoken.IdTokenClaims;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.keys.SigningKeys;
import dev.countersign.store.Grant;
import dev.countersign.store.Login;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** ID tokens: who logged in, for the client only (OpenID Connect Core 2). Immutable. */
public final class IdTokens {
  private final Jose jose;
  private final Issuer issuer;
  private final SigningKeys keys;
  private final SignatureAlgorithm algorithm;
  private final Duration lifetime;
  private final UserClaims userClaims;

  /**
   * Mints with the key of the algorithm that the client registered.
   *
   * @param algorithm for clients that registered none
   */
  public IdTokens(
      Jose jose,
      Issuer issuer,
      SigningKeys keys,
      SignatureAlgorithm algorithm,
      Duration lifetime,
      UserClaims userClaims) {
    this.jose = jose;
    this.issuer = issuer;
    this.keys = keys;
    this.algorithm = algorithm;
    this.lifetime = lifetime;
    this.userClaims = userClaims;
  }

  /**
   * The ID token of a grant: who logged in, and the claims that were asked for by name.
   *
   * @param nonce that of the authorization request, given back unchanged
   * @param accessToken the token it is handed out with, named by {@code at_hash}
   */
  @Enforces({"SP-5.3.2.3-1", "OA-10", "OA-15", "OA-16"})
  public String mint(
      RegisteredClient client,
      Grant grant,
      Optional<Nonce> nonce,
      AccessToken accessToken,
      Instant now) {
    Instant iat = now.truncatedTo(ChronoUnit.SECONDS);
    Login login = grant.login();
    SigningKey key = keys.key(client.idTokenAlgorithm().orElse(algorithm));
    return new IdTokenClaims(
            issuer,
            login.subject(),
            client.id(),
            iat,
            iat.plus(lifetime),
            Optional.of(login.authTime()),
            nonce,
            login.acr(),
            Optional.of(IdTokenClaims.atHash(accessToken, key.algorithm())))
        .sign(jose, key, userClaims.inIdToken(grant));
  }
}
