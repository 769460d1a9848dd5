package dev.countersign.server;

import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.idtoken.IdTokenHints;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.resourcerequest.ResourceRequestVerifier;
import dev.countersign.server.authorize.AuthorizationEndpoint;
import dev.countersign.server.authorize.ResponseModes;
import dev.countersign.server.browser.Asset;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.browser.Pages;
import dev.countersign.server.client.ClientAuthenticator;
import dev.countersign.server.client.Clients;
import dev.countersign.server.client.KeysOfClients;
import dev.countersign.server.client.SelfRegistered;
import dev.countersign.server.config.Config;
import dev.countersign.server.details.ConsentTemplates;
import dev.countersign.server.dpop.Nonces;
import dev.countersign.server.dpop.Proofs;
import dev.countersign.server.interaction.AccessWords;
import dev.countersign.server.interaction.Accounts;
import dev.countersign.server.interaction.ConsentEndpoint;
import dev.countersign.server.interaction.Decisions;
import dev.countersign.server.interaction.Gate;
import dev.countersign.server.interaction.InteractionEndpoint;
import dev.countersign.server.interaction.InteractionPages;
import dev.countersign.server.interaction.LoginEndpoint;
import dev.countersign.server.introspect.IntrospectionEndpoint;
import dev.countersign.server.introspect.SignedAnswers;
import dev.countersign.server.issue.Audiences;
import dev.countersign.server.issue.OwnRequests;
import dev.countersign.server.issue.OwnTokens;
import dev.countersign.server.issue.TokenStanding;
import dev.countersign.server.issue.UserClaims;
import dev.countersign.server.keys.NonceKeys;
import dev.countersign.server.keys.SigningKeys;
import dev.countersign.server.metadata.Document;
import dev.countersign.server.metadata.EndpointUrls;
import dev.countersign.server.metadata.ServerMetadata;
import dev.countersign.server.metrics.ClientMetrics;
import dev.countersign.server.metrics.ServerMetrics;
import dev.countersign.server.mygrants.GrantWords;
import dev.countersign.server.par.ManagedGrants;
import dev.countersign.server.par.PushEndpoint;
import dev.countersign.server.par.RequestFile;
import dev.countersign.server.par.RequestKeeper;
import dev.countersign.server.par.RequestObjects;
import dev.countersign.server.par.RequestPolicy;
import dev.countersign.server.refusal.Challenges;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.Route;
import dev.countersign.server.register.RegistrationSweep;
import dev.countersign.server.revoke.RevocationEndpoint;
import dev.countersign.server.sender.Senders;
import dev.countersign.server.userinfo.UserInfoEndpoint;
import dev.countersign.store.Grant;
import dev.countersign.store.Store;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the server is made of, wired by hand from top to bottom: first what all share, then each
 * endpoint, then the table of routes. For one thread, once.
 */
final class Wiring {
  private final Config config;
  private final Store store;
  private final Jose jose;
  private final Instant now;
  private final SecureRandom random;
  private final ServerMetrics metrics;

  private final EndpointUrls urls;
  private final InteractionUrls pageUrls;
  private final Optional<Registering> registering;
  private final Clients clients;
  private final ClientMetrics clientMetrics;
  private final KeysOfClients clientKeys;
  private final Accounts accounts;
  private final ClientAuthenticator authenticator;
  private final ClientAuthenticator resourceServers;
  private final Audiences audiences;
  private final UserClaims userClaims;
  private final ManagedGrants managedGrants;
  private final RequestPolicy policy;
  private final SigningKeys keys;
  private final DpopVerifier dpop;
  private final OwnTokens ownTokens;
  private final TokenStanding standing;
  private final Optional<Feeding> feeding;
  private final Nonces serverNonces;
  private final Nonces resourceNonces;

  /** Wires what the endpoints share; reads the keys from the store, or makes them. */
  Wiring(
      Config config,
      Store store,
      Jose jose,
      InstantSource clock,
      SecureRandom random,
      ServerMetrics metrics) {
    this.config = config;
    this.store = store;
    this.jose = jose;
    this.now = clock.instant();
    this.random = random;
    this.metrics = metrics;
    this.urls = new EndpointUrls(config.issuer(), config.mtls());
    this.pageUrls = new InteractionUrls(config.issuer());
    this.clientMetrics = metrics.clients();
    this.registering =
        Registering.of(
            config,
            jose,
            FetchedKeys.of(config.registration().keys(), clock, clientMetrics),
            store,
            urls.register(),
            random);
    this.clients =
        new Clients(
            config.clients(),
            registering.<SelfRegistered>map(Registering::clients).orElse(SelfRegistered.NONE));
    this.clientMetrics.registered(clients::count);
    this.clientKeys = FetchedKeys.of(config.registration().keys(), clock, clientMetrics);
    this.accounts = new Accounts(config.users());
    this.authenticator =
        new ClientAuthenticator(
            jose,
            config.issuer(),
            clients,
            clientKeys,
            config.clientCertificates().authorities(),
            metrics.offsetsOfAssertions());
    this.resourceServers =
        new ClientAuthenticator(
            jose,
            config.issuer(),
            new Clients(config.resourceServers()),
            FetchedKeys.of(config.registration().keys(), clock, clientMetrics),
            config.clientCertificates().authorities(),
            metrics.offsetsOfAssertions());
    this.audiences =
        new Audiences(
            config.resources(),
            Stream.concat(
                    Stream.of(Operating.resource(urls)),
                    ManagingGrants.resource(config, urls.grants()).stream())
                .toList());
    this.userClaims = new UserClaims(config.scopes(), config.users(), clients);
    this.managedGrants = new ManagedGrants(config.grantManagement(), store);
    this.policy =
        new RequestPolicy(
            audiences, config.detailTypes(), userClaims, managedGrants, config.login().acr());
    this.keys = SigningKeys.load(store, jose, config.signingAlgorithms(), random, now);
    this.dpop = new DpopVerifier(jose);
    this.ownTokens =
        new OwnTokens(
            AccessTokenVerifier.ofIssuer(jose, config.issuer()), keys.publicKeys(), store);
    this.standing =
        new TokenStanding(ownTokens, store, clients, audiences, config.detailTypes(), this::stands);
    this.feeding =
        Feeding.of(config, store, jose, keys.key(config.signingAlgorithm()), random, now);
    this.serverNonces = nonces(config.dpop().nonces(), "as");
    this.resourceNonces = nonces(config.dpop().userinfoNonces(), "rs");
  }

  /** What keeps the clients as their files say, not started yet. */
  ClientReload clientReload() {
    return new ClientReload(config.registration(), clients, clientKeys, clientMetrics);
  }

  /** What ends registrations that nobody uses; empty if clients cannot register themselves. */
  Optional<RegistrationSweep> registrationSweep() {
    return registering.map(known -> known.sweep(clientKeys));
  }

  /** The whole server as its routes. */
  List<Route> routes() {
    Asset stylesheet = Asset.stylesheet(config.pages());
    Asset logo = Asset.logo(config.pages());
    Pages pages =
        new Pages(Pages.Frame.of(config, pageUrls, stylesheet, logo), config.pages().texts());
    ConsentTemplates templates = config.detailTypes()::consent;
    AccessWords words = new AccessWords(config.scopes(), userClaims);
    OwnPages own = new OwnPages(config, store, accounts, pageUrls, metrics, random);
    InteractionPages steps =
        new InteractionPages(
            pages, pageUrls, accounts, clients, templates, words, config.lifetimes());
    Gate gate =
        new Gate(store, store, store, accounts, clients, templates, policy, responses(pages));
    Decisions decisions =
        new Decisions(
            store,
            pageUrls,
            config.lifetimes().authorizationCode(),
            config.lifetimes().consent(),
            random);
    Routes.Endpoints endpoints =
        new Routes.Endpoints(
            new Document(ServerMetadata.of(config, urls, keys)),
            new Document(keys.publicKeys().toJson()),
            push(),
            authorization(),
            new InteractionEndpoint(gate, steps, decisions),
            new LoginEndpoint(gate, own.logins(), store, steps, decisions, pageUrls),
            new ConsentEndpoint(gate, steps, decisions, pageUrls, config.detailTypes()),
            own.logout(pages),
            stylesheet,
            logo,
            token(),
            revocation(),
            introspection(),
            userinfo(),
            feeding.map(Feeding::endpoint),
            own.myGrants(
                pages,
                new GrantWords(pageUrls, clients, words, templates, config.pages().timeZone())),
            grants(),
            registering.map(known -> known.endpoints(clientKeys)),
            operator());
    return Routes.table(
        urls,
        pageUrls,
        endpoints,
        serverNonces,
        resourceNonces,
        new Challenges(UserInfoEndpoint.REQUIRED, constraints()),
        pages);
  }

  private Endpoint push() {
    return new PushEndpoint(
        authenticator,
        new RequestObjects(jose, config.issuer(), clientKeys),
        senders(urls.par()),
        new IdTokenHints(jose, keys.publicKeys(), config.issuer()),
        managedGrants,
        policy,
        store,
        config
            .log()
            .signedRequests()
            .<RequestKeeper>map(RequestFile::new)
            .orElse(RequestKeeper.none()),
        config.lifetimes().requestUri(),
        random);
  }

  private ResponseModes responses(Pages pages) {
    return new ResponseModes(jose, config.issuer(), keys, config.signingAlgorithm(), pages);
  }

  private Endpoint authorization() {
    return new AuthorizationEndpoint(
        store, store, pageUrls, urls.authorize(), config.lifetimes().interaction(), random);
  }

  private Endpoint token() {
    return Issuing.of(
        config,
        new Issuing.Shared(
            jose,
            urls,
            keys,
            clients,
            audiences,
            userClaims,
            feeding.map(Feeding::handles),
            this::stands,
            store,
            random),
        authenticator,
        senders(urls.token()),
        now);
  }

  private Endpoint revocation() {
    return new RevocationEndpoint(authenticator, ownTokens, store, store);
  }

  private Endpoint introspection() {
    return new IntrospectionEndpoint(
        resourceServers,
        standing,
        store,
        new SignedAnswers(jose, config.issuer(), keys, config.signingAlgorithm()));
  }

  /** Says whether tokens stand, for a host that has APIs in the same process. */
  TokenStanding standing() {
    return standing;
  }

  /** What lets requests in at a place of our own, the audience of their tokens. */
  private OwnRequests requestsAt(URI audience) {
    // Without leeway: the clock that wrote exp is the one that reads it.
    AccessTokenVerifier tokens =
        new AccessTokenVerifier(jose, config.issuer(), audience.toString(), Duration.ZERO);
    return new OwnRequests(
        new ResourceRequestVerifier(tokens, dpop, resourceNonces.ofResource(), constraints()),
        ownTokens,
        urls.all(audience),
        store);
  }

  private Routes.Operator operator() {
    return Operating.endpoints(
        requestsAt(urls.operator()),
        store,
        clients,
        accounts,
        config.detailTypes(),
        ended -> registering.ifPresent(known -> known.clients().forget(ended, clientKeys)),
        constraints());
  }

  private Endpoint userinfo() {
    return new UserInfoEndpoint(requestsAt(urls.userinfo()), store, userClaims, this::stands);
  }

  private Optional<Routes.Grants> grants() {
    return ManagingGrants.of(
        config, requestsAt(urls.grants()), standing, audiences, store, constraints());
  }

  private Senders senders(URI endpoint) {
    return new Senders(
        new Proofs(dpop, urls.all(endpoint), serverNonces.ofServer(), metrics.offsetsOfProofs()));
  }

  /** How the tokens of this server can be bound. */
  private Set<SenderConstraint> constraints() {
    return config.clientCertificates().asked()
        ? EnumSet.allOf(SenderConstraint.class)
        : EnumSet.of(SenderConstraint.DPOP);
  }

  private Nonces nonces(boolean on, String purpose) {
    if (!on) {
      return new Nonces(Optional.empty());
    }
    List<byte[]> nonceKeys = NonceKeys.load(store, purpose, random, now);
    Duration lifetime = config.lifetimes().dpopNonce();
    return new Nonces(Optional.of(new DpopNonces(jose, purpose, nonceKeys, lifetime, random)));
  }

  /** A grant ends with the account of its person and the registration of its client. */
  private boolean stands(Grant grant) {
    return accounts.knows(grant.login().subject()) && clients.find(grant.clientId()).isPresent();
  }
}
