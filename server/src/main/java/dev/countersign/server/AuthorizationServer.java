package dev.countersign.server;

import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.HttpsServer;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.server.authorize.AuthorizationEndpoint;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.Pages;
import dev.countersign.server.browser.Stylesheet;
import dev.countersign.server.client.ClientAuthenticator;
import dev.countersign.server.client.Clients;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.config.Config;
import dev.countersign.server.dpop.Proofs;
import dev.countersign.server.interaction.Accounts;
import dev.countersign.server.interaction.ConsentEndpoint;
import dev.countersign.server.interaction.Decisions;
import dev.countersign.server.interaction.Gate;
import dev.countersign.server.interaction.InteractionEndpoint;
import dev.countersign.server.interaction.InteractionPages;
import dev.countersign.server.interaction.LoginEndpoint;
import dev.countersign.server.issue.AccessTokens;
import dev.countersign.server.issue.Audiences;
import dev.countersign.server.issue.IdTokens;
import dev.countersign.server.issue.RefreshTokens;
import dev.countersign.server.keys.NonceKeys;
import dev.countersign.server.keys.SigningKeys;
import dev.countersign.server.metadata.Document;
import dev.countersign.server.metadata.EndpointUrls;
import dev.countersign.server.metadata.ServerMetadata;
import dev.countersign.server.par.PushEndpoint;
import dev.countersign.server.par.RequestPolicy;
import dev.countersign.server.refusal.RequestEdge;
import dev.countersign.server.refusal.Route;
import dev.countersign.server.token.AuthorizationCodeGrant;
import dev.countersign.server.token.ClientCredentialsGrant;
import dev.countersign.server.token.RefreshTokenGrant;
import dev.countersign.server.token.TokenEndpoint;
import dev.countersign.server.userinfo.UserClaims;
import dev.countersign.server.userinfo.UserInfoEndpoint;
import dev.countersign.store.Store;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A running authorization server. All of it is wired here, by hand, from top to bottom. */
public final class AuthorizationServer implements AutoCloseable {
  // More than the server looks at, so that a body somewhat too large still gets a whole answer.
  private static final int MAX_BODY_READ = 4 * RequestEdge.MAX_BODY;

  private final HttpsServer https;
  private final Sweeper sweeper;

  private AuthorizationServer(HttpsServer https, Sweeper sweeper) {
    this.https = https;
    this.sweeper = sweeper;
  }

  /**
   * Starts the server; it answers when this returns. Keys that the store does not have yet are made
   * and kept first.
   *
   * @param store stays open when the server closes
   * @param clock the time of every request
   * @throws CannotListenException if the port is busy or the address is not ours
   * @throws InvalidTlsIdentityException if the certificate or its key cannot be used
   */
  public static AuthorizationServer start(
      Config config, Store store, Jose jose, InstantSource clock, SecureRandom random)
      throws CannotListenException, InvalidTlsIdentityException {
    TlsIdentity identity = TlsIdentity.ofPem(config.tls().certificate(), config.tls().key());
    List<Route> routes = routes(config, store, jose, clock.instant(), random);
    HttpsServer https =
        HttpsServer.builder()
            .bind(config.listen().host(), config.listen().port())
            .tls(identity)
            .maxBody(MAX_BODY_READ)
            .handler(new RequestEdge(routes, clock, random))
            .start();
    Sweeper sweeper = new Sweeper(store, clock);
    sweeper.start();
    return new AuthorizationServer(https, sweeper);
  }

  private static List<Route> routes(
      Config config, Store store, Jose jose, Instant now, SecureRandom random) {
    EndpointUrls urls = new EndpointUrls(config.issuer());
    InteractionUrls pageUrls = new InteractionUrls(config.issuer());
    Clients clients = new Clients(config.clients());
    Audiences audiences = new Audiences(config.resources());
    RequestPolicy policy = new RequestPolicy(audiences);
    ClientAuthenticator authenticator = new ClientAuthenticator(jose, config.issuer(), clients);
    SigningKeys keys = SigningKeys.load(store, jose, algorithms(config), random, now);
    Pages pages = new Pages(pageUrls.path(InteractionUrls.STYLESHEET));

    DpopVerifier dpop = new DpopVerifier(jose);
    Optional<DpopNonces> asNonces =
        nonces(config.dpop().nonces(), "as", config, store, jose, now, random);
    Optional<DpopNonces> rsNonces =
        nonces(config.dpop().userinfoNonces(), "rs", config, store, jose, now, random);
    Proofs pushProofs = Proofs.ofServer(dpop, urls.par(), asNonces);
    Proofs tokenProofs = Proofs.ofServer(dpop, urls.token(), asNonces);
    Proofs userinfoProofs = Proofs.ofResource(dpop, urls.userinfo(), rsNonces);

    PushEndpoint push =
        new PushEndpoint(
            authenticator, pushProofs, policy, store, config.lifetimes().requestUri(), random);
    TokenEndpoint token =
        tokenEndpoint(config, store, jose, authenticator, tokenProofs, audiences, keys, random);
    UserInfoEndpoint userinfo =
        new UserInfoEndpoint(
            new AccessTokenVerifier(
                jose, config.issuer(), urls.userinfo().toString(), Duration.ZERO),
            keys.publicKeys(),
            userinfoProofs,
            store,
            store,
            new UserClaims(config.scopes(), config.users()));

    Accounts accounts = new Accounts(config.users());
    InteractionPages interactionPages =
        new InteractionPages(pages, pageUrls, accounts, config.scopes());
    Gate gate = new Gate(store, store, clients, policy, config.issuer());
    Decisions decisions = new Decisions(store, config.lifetimes().authorizationCode(), random);
    AuthorizationEndpoint authorization =
        new AuthorizationEndpoint(
            store, store, pageUrls, config.lifetimes().interaction(), random);
    LoginEndpoint login =
        new LoginEndpoint(
            gate,
            accounts,
            store,
            store,
            interactionPages,
            decisions,
            pageUrls,
            config.lifetimes().session(),
            random);

    return Routes.table(
        urls,
        pageUrls,
        new Routes.Endpoints(
            new Document(ServerMetadata.of(config, urls, keys)),
            new Document(keys.publicKeys().toJson()),
            push,
            authorization,
            new InteractionEndpoint(gate, interactionPages, decisions),
            login,
            new ConsentEndpoint(gate, decisions, pageUrls),
            new Stylesheet(),
            token,
            userinfo),
        new Routes.Nonces(pushProofs, tokenProofs, userinfoProofs),
        pages);
  }

  private static TokenEndpoint tokenEndpoint(
      Config config,
      Store store,
      Jose jose,
      ClientAuthenticator authenticator,
      Proofs proofs,
      Audiences audiences,
      SigningKeys keys,
      SecureRandom random) {
    Duration lifetime = config.lifetimes().accessToken();
    SignatureAlgorithm algorithm = config.signingAlgorithm();
    AccessTokens accessTokens =
        new AccessTokens(
            jose,
            config.issuer(),
            new EndpointUrls(config.issuer()).userinfo(),
            keys.key(algorithm),
            lifetime,
            random);
    RefreshTokens refreshTokens = new RefreshTokens(config.lifetimes().refreshToken(), random);
    IdTokens idTokens = new IdTokens(jose, config.issuer(), keys, algorithm, lifetime);
    return new TokenEndpoint(
        authenticator,
        proofs,
        new AuthorizationCodeGrant(store, audiences, accessTokens, refreshTokens, idTokens),
        new RefreshTokenGrant(store, audiences, accessTokens),
        new ClientCredentialsGrant(store, audiences, accessTokens));
  }

  private static Optional<DpopNonces> nonces(
      boolean on,
      String purpose,
      Config config,
      Store store,
      Jose jose,
      Instant now,
      SecureRandom random) {
    return on
        ? Optional.of(
            new DpopNonces(
                jose,
                purpose,
                NonceKeys.load(store, purpose, random, now),
                config.lifetimes().dpopNonce(),
                random))
        : Optional.empty();
  }

  /** The algorithms the server signs with: its own and those that clients want for ID tokens. */
  private static Set<SignatureAlgorithm> algorithms(Config config) {
    Set<SignatureAlgorithm> algorithms = EnumSet.of(config.signingAlgorithm());
    config.clients().stream()
        .map(RegisteredClient::idTokenAlgorithm)
        .flatMap(Optional::stream)
        .forEach(algorithms::add);
    return algorithms;
  }

  /** The port it listens on, the one found if the configuration says 0. */
  public int port() {
    return https.port();
  }

  /** Lets the requests under way end, then stops. The store stays open. */
  @Override
  public void close() {
    sweeper.close();
    https.close();
  }
}
