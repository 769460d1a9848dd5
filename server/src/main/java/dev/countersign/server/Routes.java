package dev.countersign.server;

import dev.countersign.requirement.Enforces;
import dev.countersign.server.browser.InteractionUrls;
import dev.countersign.server.dpop.Nonces;
import dev.countersign.server.grants.GrantEndpoint;
import dev.countersign.server.introspect.IntrospectionErrors;
import dev.countersign.server.metadata.EndpointUrls;
import dev.countersign.server.refusal.AlwaysHeaders;
import dev.countersign.server.refusal.Challenges;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.JsonErrors;
import dev.countersign.server.refusal.RefusalWriter;
import dev.countersign.server.refusal.Route;
import dev.countersign.server.register.BearerErrors;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All routes of the server on one screen. There is no CORS on any of them: no answer allows another
 * origin, and {@code OPTIONS} is refused (SP-5.2.3-3).
 */
final class Routes {
  private static final Set<String> READ = Set.of("GET", "HEAD");
  private static final Set<String> GET = Set.of("GET");
  private static final Set<String> DELETE = Set.of("DELETE");
  private static final Set<String> POST = Set.of("POST");
  private static final Set<String> GET_POST = Set.of("GET", "POST");
  private static final Set<String> GET_DELETE = Set.of("GET", "DELETE");
  private static final Set<String> GET_PUT_DELETE = Set.of("GET", "PUT", "DELETE");

  /** What a client asks itself, without a browser; it may have a certificate for that. */
  private static final Set<String> BACK_CHANNEL =
      Set.of(
          "par",
          "token",
          "revocation",
          "introspection",
          "userinfo",
          "operator_grants",
          "operator_grant",
          "operator_client",
          GrantEndpoint.QUERY,
          GrantEndpoint.REVOKE);

  private Routes() {}

  /** Who answers what. */
  record Endpoints(
      Endpoint metadata,
      Endpoint jwks,
      Endpoint push,
      Endpoint authorization,
      Endpoint interaction,
      Endpoint login,
      Endpoint consent,
      Endpoint logout,
      Endpoint stylesheet,
      Endpoint logo,
      Endpoint token,
      Endpoint revocation,
      Endpoint introspection,
      Endpoint userinfo,
      Optional<Endpoint> revocationFeed,
      Optional<MyGrants> myGrants,
      Optional<Grants> grants,
      Optional<Registration> registration,
      Operator operator) {}

  /** Who answers people who want to see and end what they allowed. */
  record MyGrants(Endpoint list, Endpoint login, Endpoint end) {}

  /** Who answers clients about grants, and the forms of the refusals. */
  record Grants(Endpoint endpoint, Challenges ofQuery, Challenges ofRevocation) {}

  /** Who answers clients that register themselves. */
  record Registration(Endpoint register, Endpoint configuration) {}

  /** Who answers operators, and in which form it refuses. */
  record Operator(Endpoint grants, Endpoint grant, Endpoint client, RefusalWriter refusals) {}

  @Enforces({"SP-5.2.3-3", "BCP-2.6-2", "SP-5.3.2.1-1"})
  static List<Route> table(
      EndpointUrls urls,
      InteractionUrls pages,
      Endpoints to,
      Nonces serverNonces,
      Nonces resourceNonces,
      Challenges challenges,
      RefusalWriter page) {
    RefusalWriter json = new JsonErrors();
    AlwaysHeaders none = AlwaysHeaders.none();
    AlwaysHeaders par = AlwaysHeaders.parNoStore().and(serverNonces::on);
    AlwaysHeaders token = AlwaysHeaders.tokenNoStore().and(serverNonces::on);
    AlwaysHeaders userinfo = resourceNonces::on;
    AlwaysHeaders web = AlwaysHeaders.browser();
    String interaction = pages.path(InteractionUrls.INTERACTION);
    String login = pages.path(InteractionUrls.LOGIN);
    String consent = pages.path(InteractionUrls.CONSENT);
    String logout = pages.path(InteractionUrls.LOGOUT);
    String stylesheet = pages.path(InteractionUrls.STYLESHEET);
    String logo = pages.path(InteractionUrls.LOGO);
    List<Route> table =
        List.of(
            new Route("metadata", READ, path(urls.oauthMetadata()), to.metadata(), json, none),
            new Route(
                "discovery", READ, path(urls.openIdConfiguration()), to.metadata(), json, none),
            new Route("jwks", READ, path(urls.jwks()), to.jwks(), json, none),
            new Route("par", POST, path(urls.par()), to.push(), json, par),
            new Route("authorize", GET_POST, path(urls.authorize()), to.authorization(), page, web),
            new Route("interaction", GET, interaction, to.interaction(), page, web),
            new Route("login", POST, login, to.login(), page, web),
            new Route("consent", POST, consent, to.consent(), page, web),
            new Route("logout", GET_POST, logout, to.logout(), page, web),
            new Route("stylesheet", READ, stylesheet, to.stylesheet(), page, none),
            new Route("logo", READ, logo, to.logo(), page, none),
            new Route("token", POST, path(urls.token()), to.token(), json, token),
            new Route("revocation", POST, path(urls.revoke()), to.revocation(), json, none),
            new Route(
                "introspection",
                POST,
                path(urls.introspect()),
                to.introspection(),
                new IntrospectionErrors(),
                AlwaysHeaders.tokenNoStore()),
            new Route(
                "userinfo", GET_POST, path(urls.userinfo()), to.userinfo(), challenges, userinfo));
    Stream<Route> feed =
        to.revocationFeed().stream()
            .map(
                endpoint ->
                    new Route(
                        "revocation_feed", READ, path(urls.revocations()), endpoint, json, none));
    Stream<Route> registration =
        to.registration().stream().flatMap(endpoints -> registration(urls, endpoints));
    return Stream.of(
            table.stream(),
            feed,
            to.myGrants().stream().flatMap(own -> myGrants(pages, own, page)),
            to.grants().stream().flatMap(grants -> grants(urls, grants, resourceNonces)),
            registration,
            operator(urls, to.operator(), resourceNonces))
        .flatMap(Function.identity())
        .toList();
  }

  private static Stream<Route> operator(EndpointUrls urls, Operator to, Nonces nonces) {
    RefusalWriter form = to.refusals();
    AlwaysHeaders always = nonces::on;
    String grants = path(urls.operatorGrants());
    String clients = path(urls.operatorClients());
    return Stream.of(
        new Route("operator_grants", GET_DELETE, grants, to.grants(), form, always),
        new Route("operator_grant", DELETE, grants + "/", to.grant(), form, always),
        new Route("operator_client", DELETE, clients + "/", to.client(), form, always));
  }

  private static Stream<Route> myGrants(InteractionUrls pages, MyGrants to, RefusalWriter page) {
    AlwaysHeaders web = AlwaysHeaders.browser();
    String list = pages.path(InteractionUrls.MY_GRANTS);
    String login = pages.path(InteractionUrls.MY_GRANTS_LOGIN);
    String end = pages.path(InteractionUrls.MY_GRANTS_END);
    return Stream.of(
        new Route("my_grants", GET, list, to.list(), page, web),
        new Route("my_grants_login", GET_POST, login, to.login(), page, web),
        new Route("my_grants_end", GET_POST, end, to.end(), page, web));
  }

  /** One grant at a time: there is nothing above them (GM-6-1). */
  @Enforces({"GM-6-1", "GM-6.3-1", "GM-6.4-1"})
  private static Stream<Route> grants(EndpointUrls urls, Grants to, Nonces nonces) {
    String path = path(urls.grants()) + "/";
    AlwaysHeaders always =
        AlwaysHeaders.grantNoStore().and(AlwaysHeaders.retryAfter()).and(nonces::on);
    return Stream.of(
        new Route(GrantEndpoint.QUERY, GET, path, to.endpoint(), to.ofQuery(), always),
        new Route(GrantEndpoint.REVOKE, DELETE, path, to.endpoint(), to.ofRevocation(), always));
  }

  /** At 401 and all others the form of RFC 6750; never 404 for one that is not there (DC-6). */
  private static Stream<Route> registration(EndpointUrls urls, Registration to) {
    RefusalWriter bearer = new BearerErrors();
    AlwaysHeaders none = AlwaysHeaders.none();
    String path = path(urls.register());
    return Stream.of(
        new Route("registration", POST, path, to.register(), bearer, none),
        new Route(
            "client_configuration", GET_PUT_DELETE, path + "/", to.configuration(), bearer, none));
  }

  /** Those that answer on the listener that asks for certificates. */
  @Enforces({"SP-5.2.2.1-2"})
  static List<Route> backChannel(List<Route> table) {
    return table.stream().filter(route -> BACK_CHANNEL.contains(route.name())).toList();
  }

  private static String path(URI url) {
    return url.getRawPath();
  }
}
