package dev.countersign.server;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.server.client.ClientAuthenticator;
import dev.countersign.server.client.Clients;
import dev.countersign.server.config.Config;
import dev.countersign.server.issue.AccessTokens;
import dev.countersign.server.issue.Audiences;
import dev.countersign.server.issue.Entitlements;
import dev.countersign.server.issue.FamilyHandles;
import dev.countersign.server.issue.GrantChanges;
import dev.countersign.server.issue.IdTokens;
import dev.countersign.server.issue.OwnAudiences;
import dev.countersign.server.issue.RefreshRotations;
import dev.countersign.server.issue.RefreshTokens;
import dev.countersign.server.issue.UserClaims;
import dev.countersign.server.keys.SecretKeys;
import dev.countersign.server.keys.SigningKeys;
import dev.countersign.server.metadata.EndpointUrls;
import dev.countersign.server.sender.Senders;
import dev.countersign.server.token.AuthorizationCodeGrant;
import dev.countersign.server.token.ClientCredentialsGrant;
import dev.countersign.server.token.CodeGrants;
import dev.countersign.server.token.RefreshTokenGrant;
import dev.countersign.server.token.TokenEndpoint;
import dev.countersign.store.Grant;
import dev.countersign.store.Store;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** What the token endpoint is made of: what makes each kind of token, and the grants. */
final class Issuing {
  private static final String ROTATION = "refresh-token-successor";

  private Issuing() {}

  /** What it shares with other endpoints. */
  record Shared(
      Jose jose,
      EndpointUrls urls,
      SigningKeys keys,
      Clients clients,
      Audiences audiences,
      UserClaims userClaims,
      Optional<FamilyHandles> handles,
      Predicate<Grant> standing,
      Store store,
      SecureRandom random) {}

  /** Who answers; reads the key of replaced refresh tokens from the store, or makes it. */
  static TokenEndpoint of(
      Config config,
      Shared shared,
      ClientAuthenticator authenticator,
      Senders senders,
      Instant now) {
    Duration lifetime = config.lifetimes().accessToken();
    SignatureAlgorithm algorithm = config.signingAlgorithm();
    Store store = shared.store();
    AccessTokens accessTokens =
        new AccessTokens(
            shared.jose(),
            config.issuer(),
            OwnAudiences.of(shared.urls().userinfo(), shared.urls().operator()),
            shared.keys().key(algorithm),
            lifetime,
            config.detailTypes()::isSensitive,
            shared.random(),
            shared.handles());
    Entitlements entitlements = new Entitlements(shared.audiences(), config.detailTypes());
    return new TokenEndpoint(
        authenticator,
        senders,
        new AuthorizationCodeGrant(
            store,
            new CodeGrants(store, new GrantChanges(shared.audiences(), config.detailTypes())),
            entitlements,
            accessTokens,
            new RefreshTokens(config.lifetimes().refreshToken(), shared.random()),
            new IdTokens(
                shared.jose(),
                config.issuer(),
                shared.keys(),
                algorithm,
                lifetime,
                shared.userClaims()),
            shared.standing()),
        new RefreshTokenGrant(
            store, entitlements, accessTokens, rotations(config, shared, now), shared.standing()),
        new ClientCredentialsGrant(store, shared.clients(), entitlements, accessTokens));
  }

  private static RefreshRotations rotations(Config config, Shared shared, Instant now) {
    return config
        .lifetimes()
        .rotateRefreshTokensBefore()
        .map(
            before ->
                RefreshRotations.of(
                    shared.jose(),
                    before,
                    now,
                    SecretKeys.load(shared.store(), ROTATION, shared.random(), now).getFirst()))
        .orElseGet(() -> RefreshRotations.none(shared.jose()));
  }
}
