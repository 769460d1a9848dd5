package dev.countersign.demo;

import static dev.countersign.demo.AttackedPlay.get;
import static dev.countersign.demo.AttackedPlay.json;
import static dev.countersign.demo.AttackedPlay.listens;
import static dev.countersign.demo.AttackedPlay.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.deployment.TestRegistration;
import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.ServerRefused;
import dev.countersign.client.Tokens;
import dev.countersign.demo.attacked.AttackedScene;
import dev.countersign.demo.scene.Purchase;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is attacked works as it is described, before anybody attacks it. */
class AttackedSceneTest {
  private static AttackedScene scene;
  private static Target target;
  private static AttackedPlay play;

  @BeforeAll
  static void open() throws Exception {
    scene = AttackedScene.open(Jose.jdk(), InstantSource.system());
    target = scene.target();
    play = new AttackedPlay(target);
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  static List<TestClient> clients() {
    return target.clients();
  }

  private static TestClient first() {
    return target.clients().getFirst();
  }

  private static TestResource bank(int place) {
    return target.resources().get(place);
  }

  private static FlowRequest readingAt(TestResource bank) {
    return FlowRequest.of("openid accounts")
        .withResources(List.of(new ResourceIndicator(bank.indicator().orElseThrow())));
  }

  @Test
  void offersAllThatCanBeAttacked() throws Exception {
    try (TestBrowser browser = play.browser()) {
      JsonObject metadata = json(browser.send(get(target.issuer().openIdConfiguration())));

      assertThat(metadata.string("registration_endpoint")).isPresent();
      assertThat(metadata.strings("grant_management_actions_supported").orElseThrow())
          .contains("query", "revoke", "create", "merge", "replace");
      assertThat(metadata.strings("authorization_details_types_supported").orElseThrow())
          .containsExactly("payment_initiation");
      assertThat(metadata.strings("token_endpoint_auth_methods_supported").orElseThrow())
          .contains("private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth");
      assertThat(metadata.object("mtls_endpoint_aliases").orElseThrow().names())
          .contains("token_endpoint", "pushed_authorization_request_endpoint");
    }
  }

  @Test
  void boundsTheAttackToThisMachine() {
    URI server = target.issuer().uri();

    assertThat(target.bounds().allow())
        .contains(server.getAuthority(), target.listener().orElseThrow().url().getAuthority())
        .allMatch(host -> host.startsWith("localhost:") || host.startsWith("127.0.0.1:"))
        .hasSize(8);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void letsEachClientReadTheVictimsAccountsAndRefresh(TestClient described) throws Exception {
    FapiClient client = play.client(described);
    URI accounts = bank(0).url();

    Tokens tokens = play.flow(client, FlowRequest.of(described.scope()));

    assertThat(status(client, tokens, accounts)).isEqualTo(200);
    assertThat(status(client, client.refresh(tokens), accounts)).isEqualTo(200);
  }

  @Test
  void givesTheFirstTwoNoTokenOfTheirOwn() {
    for (TestClient described : target.clients().subList(0, 2)) {
      FapiClient client = play.client(described);

      assertThatThrownBy(() -> client.clientCredentials(Scope.of("accounts"), List.of()))
          .isInstanceOf(ServerRefused.class)
          .hasMessageContaining("unauthorized_client");
    }
  }

  @Test
  void letsClientsWithTokensOfTheirOwnManageGrants() throws Exception {
    for (TestClient described : target.clients().subList(2, 6)) {
      FapiClient client = play.client(described);
      FlowRequest wanted =
          FlowRequest.of("openid accounts").withGrantManagement(GrantManagement.create());

      GrantId grant = play.flow(client, wanted).grantId().orElseThrow();

      assertThat(client.queryGrant(grant).scopes()).isNotEmpty();
      client.revokeGrant(grant);
      assertThatThrownBy(() -> client.queryGrant(grant)).isInstanceOf(ServerRefused.class);
    }
  }

  @Test
  void letsTheVictimAllowAPayment() throws Exception {
    AuthorizationDetail payment =
        Purchase.asked(URI.create(bank(0).indicator().orElseThrow()), "12.50");
    FapiClient client = play.client(first());

    Tokens tokens = play.flow(client, FlowRequest.of(AuthorizationDetails.of(payment)));

    assertThat(tokens.authorizationDetails().ofType(payment.type())).hasSize(1);
  }

  @Test
  void servesAtEachBankTheTokensForItAlone() throws Exception {
    FapiClient client = play.client(first());

    Tokens tokens = play.flow(client, readingAt(bank(1)));

    assertThat(status(client, tokens, bank(1).url())).isEqualTo(200);
    assertThat(status(client, tokens, bank(0).url())).isEqualTo(401);
  }

  @Test
  void keepsWhatIsTheOtherPersonsFromTheVictim() throws Exception {
    FapiClient client = play.client(first());
    Tokens tokens = play.flow(client, readingAt(bank(0)));

    assertThat(status(client, tokens, bank(0).foreign().orElseThrow())).isEqualTo(404);
  }

  @Test
  void takesSignedRequestsAloneWhereItSaysSo() throws Exception {
    SigningKey dpop = AttackedPlay.key();
    FapiClient client = play.client(first(), dpop).build();
    FapiClient signing = play.signing(first(), dpop, first().key().orElseThrow());
    FapiClient forging = play.signing(first(), dpop, AttackedPlay.key());

    Tokens tokens = play.flow(client, readingAt(bank(2)));

    assertThat(bank(2).signed()).isTrue();
    assertThat(status(client, tokens, bank(2).url())).isEqualTo(401);
    assertThat(status(forging, tokens, bank(2).url())).isEqualTo(401);
    assertThat(status(signing, tokens, bank(2).url())).isEqualTo(200);
  }

  @Test
  void registersWhoHasTheInitialAccessToken() throws Exception {
    String token = target.registration().orElseThrow().token().orElseThrow().reveal();

    assertThat(register(token)).isEqualTo(201);
    assertThat(register(token + "x")).isEqualTo(401);
  }

  private static int register(String token) throws Exception {
    TestRegistration how = target.registration().orElseThrow();
    JsonObject metadata =
        how.metadata().toBuilder()
            .put("redirect_uris", List.of("https://new.example/callback"))
            .put("jwks", JwkSet.of(List.of(AttackedPlay.key().publicJwk())).toJson())
            .build();
    try (TestBrowser browser = play.browser()) {
      JsonObject server = json(browser.send(get(target.issuer().openIdConfiguration())));
      return browser
          .send(
              HttpRequest.newBuilder(
                      URI.create(server.string("registration_endpoint").orElseThrow()))
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(metadata.toBytes()))
                  .build())
          .statusCode();
    }
  }

  @Test
  void tellsTheBankAboutItsOwnTokensAlone() throws Exception {
    FapiClient client = play.client(first());
    Tokens own = play.flow(client, readingAt(bank(0)));
    Tokens others = play.flow(client, readingAt(bank(1)));

    assertThat(play.isActive(own)).isTrue();
    assertThat(play.isActive(others)).isFalse();
  }

  @Test
  void leavesTheAttackersPortFree() {
    assertThat(listens(target.listener().orElseThrow().url())).isFalse();
  }

  @Test
  void listensNowhereWhenItIsClosed() throws Exception {
    Target closed;
    try (AttackedScene other = AttackedScene.open(Jose.jdk(), InstantSource.system())) {
      closed = other.target();
      assertThat(listens(closed.issuer().uri())).isTrue();
    }

    assertThat(closed.bounds().allow().stream().map(host -> URI.create("https://" + host)))
        .noneMatch(AttackedPlay::listens);
  }
}
