package dev.countersign.server.issue;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.store.Grant;
import dev.countersign.store.Login;
import dev.countersign.store.TokenFamily;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Access tokens, bound to their sender: signed JWTs (RFC 9068), or opaque ones where a JWT would
 * tell too much or be too long. Made in two steps, so that nothing is signed before the store has
 * kept its trace. Safe for any number of threads.
 */
public final class AccessTokens {
  /** Our choice: signed, that is 7 KiB of text, and many servers take 8 KiB of headers. */
  static final int LONGEST_CLAIMS = 5 * 1024;

  private final Jose jose;
  private final Issuer issuer;
  private final URI userinfo;
  private final SigningKey key;
  private final Duration lifetime;
  private final Predicate<AuthorizationDetails> sensitive;
  private final SecureRandom random;
  private final Optional<FamilyHandles> handles;

  /**
   * Mints with one key.
   *
   * @param userinfo the public URL of userinfo, an audience of every token with {@code openid}
   * @param sensitive which details nobody shall read from the token itself
   * @param handles for the resource servers that follow the revocation feed; empty: there is none
   */
  public AccessTokens(
      Jose jose,
      Issuer issuer,
      URI userinfo,
      SigningKey key,
      Duration lifetime,
      Predicate<AuthorizationDetails> sensitive,
      SecureRandom random,
      Optional<FamilyHandles> handles) {
    this.jose = jose;
    this.issuer = issuer;
    this.userinfo = userinfo;
    this.key = key;
    this.lifetime = lifetime;
    this.sensitive = sensitive;
    this.random = random;
    this.handles = handles;
  }

  /** A token for what a person allowed, or a part of it; says when and how they logged in. */
  @Enforces({"SU-3", "AT-3"})
  public PreparedToken ofGrant(Grant grant, Audience audience, Confirmation cnf, Instant now) {
    return prepare(
        grant.login().subject(), grant.clientId(), audience, cnf, Optional.of(grant), now);
  }

  /** A token for the client itself; its {@code sub} is the {@code client_id} (AT-2). */
  public PreparedToken ofClient(
      RegisteredClient client, Audience audience, Confirmation cnf, Instant now) {
    return prepare(
        new Subject(client.id().value()), client.id(), audience, cnf, Optional.empty(), now);
  }

  /** The one place where it is decided what a token says. */
  @Enforces({"AT-2", "RAR-9-1", "RAR-9.1-1"})
  private PreparedToken prepare(
      Subject sub,
      ClientId client,
      Audience audience,
      Confirmation cnf,
      Optional<Grant> grant,
      Instant now) {
    Instant iat = now.truncatedTo(ChronoUnit.SECONDS);
    Jti jti = Jti.random(random);
    Optional<Login> login = grant.map(Grant::login);
    TokenFamily family = grant.map(TokenFamily::of).orElseGet(() -> TokenFamily.of(jti));
    AccessTokenClaims claims =
        new AccessTokenClaims(
            issuer,
            sub,
            aud(audience),
            client,
            jti,
            iat,
            iat.plus(lifetime),
            audience.scope(),
            cnf,
            login.map(Login::authTime),
            login.flatMap(Login::acr),
            audience.details(),
            // Userinfo is not among them: it asks the store.
            handles
                .map(made -> made.ofToken(family, audience.resources()))
                .orElse(GrantHandles.NONE));
    return isOpaque(claims)
        ? new PreparedToken.Opaque(claims, AccessToken.random(random))
        : new PreparedToken.Signed(claims);
  }

  /** Also a token that would not fit into the header of a request. */
  private boolean isOpaque(AccessTokenClaims claims) {
    return sensitive.test(claims.authorizationDetails())
        || claims.toJson().toBytes().length > LONGEST_CLAIMS;
  }

  /** The token itself; call it when the store has kept its trace. */
  @Enforces({"SP-5.3.2.1-4", "SP-5.3.2.1-5", "AT-1", "AT-2", "DP-9"})
  public AccessToken issue(PreparedToken token) {
    return switch (token) {
      case PreparedToken.Signed(AccessTokenClaims claims) -> claims.sign(jose, key);
      case PreparedToken.Opaque(AccessTokenClaims _, AccessToken opaque) -> opaque;
    };
  }

  /** How long a token lives. */
  public Duration lifetime() {
    return lifetime;
  }

  private List<String> aud(Audience audience) {
    Stream<String> resources = audience.resources().stream().map(ResourceIndicator::value);
    Stream<String> own =
        audience.scope().contains(Scope.OPENID) ? Stream.of(userinfo.toString()) : Stream.empty();
    return Stream.concat(resources, own).toList();
  }
}
