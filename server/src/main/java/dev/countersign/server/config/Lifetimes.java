package dev.countersign.server.config;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long things last. All are whole seconds, at least one.
 *
 * @param accessToken access tokens and ID tokens
 * @param authorizationCode codes; at most 60 s (SP-5.3.2.1-11)
 * @param requestUri pushed requests; below 600 s (SP-5.3.2.2-12)
 * @param interaction login and consent of one request
 * @param session a login in one browser
 * @param consent what a person allowed a client, until they are asked again
 * @param refreshToken refresh tokens; empty: as long as their grant
 * @param dpopNonce DPoP nonces
 * @param rotateRefreshTokensBefore refresh tokens issued before are replaced when they are used;
 *     empty: none, as it should be (SP-5.3.2.1-9)
 */
public record Lifetimes(
    Duration accessToken,
    Duration authorizationCode,
    Duration requestUri,
    Duration interaction,
    Duration session,
    Duration consent,
    Optional<Duration> refreshToken,
    Duration dpopNonce,
    Optional<Instant> rotateRefreshTokensBefore) {

  /** Without replacing any refresh token. */
  public Lifetimes(
      Duration accessToken,
      Duration authorizationCode,
      Duration requestUri,
      Duration interaction,
      Duration session,
      Duration consent,
      Optional<Duration> refreshToken,
      Duration dpopNonce) {
    this(
        accessToken,
        authorizationCode,
        requestUri,
        interaction,
        session,
        consent,
        refreshToken,
        dpopNonce,
        Optional.empty());
  }
}
