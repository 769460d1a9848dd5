package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.authorization.ClaimsRequest;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.RequestUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.client.Clients;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.server.interaction.Asks.Ask;
import dev.countersign.server.issue.Audiences;
import dev.countersign.server.issue.UserClaims;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.server.par.ManagedGrants;
import dev.countersign.server.par.PermittedRequest;
import dev.countersign.server.par.RequestPolicy;
import dev.countersign.store.Consent;
import dev.countersign.store.PushedRequest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which parts of a request are new to the person. */
class AsksTest extends EndpointTest {
  private static final ResourceIndicator API = new ResourceIndicator(TestServer.API);
  private static final ResourceIndicator REPORTS = new ResourceIndicator(TestServer.REPORTS);

  /** Profile and accounts, at both resources, and the address by name. */
  private PermittedRequest request() {
    Clients clients = new Clients(server.config().clients());
    RequestPolicy policy =
        new RequestPolicy(
            new Audiences(server.config().resources()),
            DetailTypes.NONE,
            new UserClaims(server.config().scopes(), server.config().users(), clients),
            new ManagedGrants(server.config().grantManagement(), server.store()),
            Optional.empty());
    AuthorizationRequest request =
        AuthorizationRequest.builder(
                server.app().id(),
                new RedirectUri(server.app().redirectUri()),
                new CodeChallenge(TestClient.CHALLENGE))
            .scope(Scope.of("openid", "profile", "accounts"))
            .resources(List.of(API, REPORTS))
            .claims(
                ClaimsRequest.parse(
                    "{\"userinfo\":{\"email\":null},"
                        + "\"id_token\":{\"email\":null,\"name\":null,\"shoe_size\":null}}"))
            .build();
    PushedRequest pushed =
        new PushedRequest(
            RequestUri.random(new SecureRandom()).digest(), request, false, server.now());
    return policy.permit(clients.find(server.app().id()).orElseThrow(), pushed, server.now());
  }

  @Test
  void allIsNewAtFirst() {
    Asks asks = Asks.of(request(), Consent.NONE, Known.NOTHING);
    assertThat(asks.scopes())
        .containsExactly(
            new Ask("openid", false), new Ask("profile", false), new Ask("accounts", false));
    assertThat(asks.resources())
        .containsExactly(new Ask(TestServer.API, false), new Ask(TestServer.REPORTS, false));
    // The scope opens the name anyway, and nothing opens the shoe size to this client.
    assertThat(asks.claims()).containsExactly(new Ask("email", false));
  }

  @Test
  void nothingIsNewWhenAllWasAllowed() {
    PermittedRequest request = request();
    Asks asks = Asks.of(request, request.consent(), Known.NOTHING);
    assertThat(Stream.of(asks.scopes(), asks.resources(), asks.claims()).flatMap(List::stream))
        .hasSize(6)
        .allMatch(Ask::allowedBefore);
    assertThat(asks.text()).isEqualTo(Asks.of(request, Consent.NONE, Known.NOTHING).text());
  }

  @Test
  void aScopeThatWasAllowedAtOneOfTheResourcesIsNew() {
    Consent remembered = Consent.to(Scope.of("openid", "accounts"), List.of(API), Set.of(), true);
    Asks asks = Asks.of(request(), remembered, Known.NOTHING);
    assertThat(asks.scopes()).extracting(Ask::allowedBefore).containsOnly(false);
    assertThat(asks.resources()).extracting(Ask::allowedBefore).containsExactly(true, false);
  }

  @Test
  void marksTheOneThatIsAdded() {
    Consent remembered =
        Consent.to(Scope.of("accounts", "openid"), List.of(API, REPORTS), Set.of("email"), true);
    Asks asks = Asks.of(request(), remembered, Known.NOTHING);
    assertThat(asks.scopes()).extracting(Ask::allowedBefore).containsExactly(true, false, true);
    assertThat(asks.resources()).extracting(Ask::allowedBefore).containsOnly(true);
    assertThat(asks.claims()).containsExactly(new Ask("email", true));
  }
}
