package dev.countersign.server.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.store.GrantFilter;
import dev.countersign.testkit.CapturedLog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorApiTest extends EndpointTest {
  private static final ClientId APP = new ClientId("app");

  /** The machine is an operator's here. */
  @Override
  protected String configuration(String yaml) {
    return yaml.replaceFirst("(?s)(The Machine.*?scope: )", "$1countersign_operator ");
  }

  @BeforeEach
  void endAllGrants() {
    for (TestClient client : List.of(server.app(), server.other())) {
      server.store().revokeGrantsOf(client.id(), 1000, server.now());
    }
  }

  private String token() {
    return token("countersign_operator");
  }

  private String token(String scope) {
    Params request = Params.of("grant_type", "client_credentials", "scope", scope);
    return server.machine().token(request).string("access_token");
  }

  private Reply ask(String method, String place) {
    return ask(method, place, token());
  }

  private Reply ask(String method, String place, String token) {
    URI url = server.url("/operator" + place);
    URI target = URI.create(url.toString().replaceAll("\\?.*", ""));
    return send(method, url, "DPoP " + token, server.machine().proofFor(token, method, target));
  }

  private Reply send(String method, URI url, String authorization, String... proofs) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("Authorization", authorization));
    Stream.of(proofs).forEach(proof -> headers.add(Map.entry("DPoP", proof)));
    return server.send(method, url, headers, new byte[0]);
  }

  private static List<JsonObject> grants(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    try {
      return reply.json().objects("grants").orElseThrow();
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(JsonObject json, String name) {
    try {
      return json.string(name).orElseThrow();
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> ids(Reply reply) {
    return grants(reply).stream().map(grant -> text(grant, "grant_id")).toList();
  }

  private static long number(JsonObject json, String name) {
    try {
      return json.integer(name).orElseThrow();
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private Reply refreshed(Reply tokens) {
    return server.app().token(server.app().refreshRequest(tokens.string("refresh_token")));
  }

  @Test
  void showsWhoGaveWhatToWhomAndNoToken() {
    Reply tokens = server.app().tokens();
    long given = server.now().getEpochSecond();
    server.pass(Duration.ofSeconds(20));
    Reply refreshed = refreshed(tokens);

    Reply reply = ask("GET", "/grants?user=anna");

    JsonObject grant = grants(reply).getFirst();
    assertThat(grants(reply)).hasSize(1);
    assertThat(text(grant, "client_id")).isEqualTo("app");
    assertThat(text(grant, "client_name")).isEqualTo("The App");
    assertThat(text(grant, "sub")).isEqualTo("u-anna");
    assertThat(text(grant, "username")).isEqualTo("anna");
    assertThat(text(grant, "scope")).contains("openid");
    assertThat(number(grant, "created_at")).isEqualTo(given);
    assertThat(number(grant, "last_used_at")).isEqualTo(given + 20);
    assertThat(grant.has("expires_at")).isFalse();
    assertThat(reply.json().has("next")).isFalse();
    assertThat(reply.header("Cache-Control")).contains("no-store");
    assertThat(reply.text())
        .doesNotContain(tokens.string("refresh_token"))
        .doesNotContain(tokens.string("access_token"))
        .doesNotContain(refreshed.string("access_token"));
  }

  @Test
  @Requirement({"RAR-13"})
  void showsDetailsWithoutWhatTheySayOfThePerson() {
    String details =
        "[{\"type\":\"account_information\",\"actions\":[\"list_accounts\"],"
            + "\"accounts\":[{\"iban\":\"DE02100100109307118603\"}]}]";
    TestClient app = server.app();
    String code = app.code(app.authorizationRequest().with("authorization_details", details));
    assertThat(app.token(app.codeRequest(code)).text()).contains("DE02100100109307118603");

    assertThat(ask("GET", "/grants?user=anna").text())
        .contains("{\"type\":\"account_information\",\"actions\":[\"list_accounts\"]}")
        .doesNotContain("DE02100100109307118603");
  }

  @Test
  void findsGrantsByUserNameBySubAndByClient() {
    server.app().tokens();
    server.other().tokens();

    assertThat(grants(ask("GET", "/grants?user=anna"))).hasSize(2);
    assertThat(grants(ask("GET", "/grants?user=u-anna"))).hasSize(2);
    assertThat(grants(ask("GET", "/grants?client_id=app"))).hasSize(1);
    assertThat(grants(ask("GET", "/grants?client_id=other-app&user=anna"))).hasSize(1);
    assertThat(grants(ask("GET", "/grants?user=u-nobody"))).isEmpty();
    assertThat(grants(ask("GET", "/grants?client_id=nobody"))).isEmpty();
  }

  @Test
  void givesGrantsPageByPage() {
    for (int i = 0; i < 5; i++) {
      server.app().tokens();
    }
    List<String> seen = new ArrayList<>();
    Reply page = ask("GET", "/grants?client_id=app&limit=2");
    while (page.json().has("next")) {
      assertThat(ids(page)).hasSize(2);
      seen.addAll(ids(page));
      page = ask("GET", "/grants?client_id=app&limit=2&after=" + page.string("next"));
    }
    seen.addAll(ids(page));

    assertThat(seen).hasSize(5).doesNotHaveDuplicates().isSorted();
  }

  @Test
  @Requirement({"SP-6.8-4", "GM-6.5-1", "GM-6.6-1"})
  void endsAGrantAtOnceAndOnce() {
    Reply tokens = server.app().tokens();
    Reply others = server.app().tokens();
    String id = ids(ask("GET", "/grants?client_id=app")).getFirst();

    Reply ended = ask("DELETE", "/grants/" + id);

    assertThat(ended.status()).isEqualTo(204);
    assertThat(ended.text()).isEmpty();
    assertThat(List.of(refreshed(tokens).outcome(), refreshed(others).outcome()))
        .containsExactlyInAnyOrder("200", "400 invalid_grant");
    assertThat(ids(ask("GET", "/grants?client_id=app"))).hasSize(1).doesNotContain(id);
    assertThat(ask("DELETE", "/grants/" + id).status()).isEqualTo(404);
  }

  @Test
  @Requirement({"GM-6.6-1"})
  void endsNoGrantThatNobodyGave() {
    server.app().tokens();

    assertThat(ask("DELETE", "/grants/nobody-gave-it").status()).isEqualTo(404);
    assertThat(ask("DELETE", "/grants/").status()).isEqualTo(404);
    assertThat(ask("DELETE", "/grants/with/more").status()).isEqualTo(404);
    assertThat(ids(ask("GET", "/grants?client_id=app"))).hasSize(1);
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void endsAllGrantsOfAClientSomeAtATimeAndNoOthers() {
    List<Reply> tokens = Stream.generate(() -> server.app().tokens()).limit(5).toList();
    server.other().tokens();

    assertThat(ask("DELETE", "/grants?client_id=app&limit=2").text())
        .isEqualTo("{\"ended\":2,\"more\":true,\"client_known\":true}");
    assertThat(ids(ask("GET", "/grants?client_id=app"))).hasSize(3);
    assertThat(ask("DELETE", "/grants?client_id=app&limit=2").text()).contains("\"ended\":2");
    assertThat(ask("DELETE", "/grants?client_id=app&limit=2").text())
        .isEqualTo("{\"ended\":1,\"more\":false,\"client_known\":true}");

    assertThat(tokens).allMatch(one -> refreshed(one).outcome().equals("400 invalid_grant"));
    assertThat(ids(ask("GET", "/grants?client_id=other-app"))).hasSize(1);
    assertThat(ask("DELETE", "/grants?client_id=nobody").text())
        .isEqualTo("{\"ended\":0,\"more\":false,\"client_known\":false}");
  }

  @Test
  void tellsTheLogWhoEndedWhat() {
    server.app().tokens();
    String id = ids(ask("GET", "/grants?client_id=app")).getFirst();
    try (CapturedLog log = CapturedLog.aside("dev.countersign.server.operator", Level.INFO)) {
      ask("DELETE", "/grants/" + id);
      assertThat(log.lastField("client_id")).contains("machine");
      assertThat(log.lastField("grant_id")).contains(id);
      ask("DELETE", "/grants?client_id=app");
      assertThat(log.lastField("of_client")).contains("app");
      assertThat(log.lastField("ended")).contains("0");
      ask("GET", "/grants?client_id=app");
      assertThat(log.lastField("found")).contains("0");
      assertThat(log.events()).hasSize(3);
    }
    assertThat(server.logged("client_id")).contains("machine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?limit=5",
        "?user=anna&limit=0",
        "?user=anna&limit=501",
        "?user=anna&limit=many",
        "?user=anna&user=anna",
        "?user=",
        "?user=a%00b",
        "?client_id=app&after=%00",
        "?client_id=app&sort=up"
      })
  @Requirement({"GM-6-1"})
  void listsNothingForAQueryThatDoesNotSayWhose(String query) {
    assertThat(ask("GET", "/grants" + query).outcome()).isEqualTo("400 invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?user=anna", "?client_id=app&user=anna", "?client_id=app&limit=0"})
  void endsNothingForAQueryThatDoesNotSayOfWhichClient(String query) {
    server.app().tokens();

    assertThat(ask("DELETE", "/grants" + query).outcome()).isEqualTo("400 invalid_request");
    assertThat(ids(ask("GET", "/grants?client_id=app"))).hasSize(1);
  }

  @Test
  void asksForCredentials() {
    Reply reply = server.get(server.url("/operator/grants?user=anna"));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.challenge().attributes()).containsOnlyKeys("algs");
  }

  @Test
  @Requirement({"SP-5.3.4-4"})
  void refusesATokenWithoutItsScope() {
    String accounts = token("accounts");

    Reply reply = ask("GET", "/grants?user=anna", accounts);

    assertThat(reply.outcome()).isEqualTo("401 invalid_token");
    String ofPerson = server.app().tokens().string("access_token");
    URI url = server.url("/operator/grants");
    assertThat(
            send("GET", url, "DPoP " + ofPerson, server.app().proofFor(ofPerson, "GET", url))
                .outcome())
        .isEqualTo("401 invalid_token");
  }

  @Test
  @Requirement({"SP-5.3.4-5", "DP-15"})
  void refusesATokenWithoutTheRightProof() {
    String token = token();
    URI url = server.url("/operator/grants");
    String good = server.machine().proofFor(token, "GET", url);

    assertThat(send("GET", url, "DPoP " + token).outcome()).isEqualTo("401 invalid_dpop_proof");
    assertThat(send("GET", url, "Bearer " + token).status()).isEqualTo(401);
    assertThat(
            send("GET", url, "DPoP " + token, server.app().proofFor(token, "GET", url)).outcome())
        .isEqualTo("401 invalid_token");
    assertThat(send("DELETE", url, "DPoP " + token, good).outcome())
        .isEqualTo("401 invalid_dpop_proof");
    URI one = server.url("/operator/grants/one");
    String proofOfAll = server.machine().proofFor(token, "DELETE", url);
    assertThat(send("DELETE", one, "DPoP " + token, proofOfAll).outcome())
        .isEqualTo("401 invalid_dpop_proof");

    URI query = server.url("/operator/grants?user=anna");
    assertThat(send("GET", query, "DPoP " + token, good).status()).isEqualTo(200);
    assertThat(send("GET", query, "DPoP " + token, good).outcome())
        .isEqualTo("401 invalid_dpop_proof");
  }

  @Test
  @Requirement({"SP-5.3.4-3"})
  void refusesATokenThatIsRevokedOrExpired() {
    String token = token();
    assertThat(ask("GET", "/grants?user=anna", token).status()).isEqualTo(200);
    Params revocation = server.machine().authenticatedBy(server.machine().assertion());
    server.machine().post("/revoke", revocation.and("token", token), List.of());

    assertThat(ask("GET", "/grants?user=anna", token).outcome()).isEqualTo("401 invalid_token");

    String old = token();
    server.pass(server.config().lifetimes().accessToken());
    assertThat(ask("GET", "/grants?user=anna", old).outcome()).isEqualTo("401 invalid_token");
  }

  @Test
  @Requirement({"SP-5.3.4-3"})
  void refusesAClientFromWhichTheScopeWasTaken() throws IOException {
    Path file = server.file("countersign.yaml");
    String before = Files.readString(file);
    String token = token();
    try {
      Files.writeString(file, before.replace("countersign_operator ", ""));
      server.reloadClients();

      assertThat(ask("GET", "/grants?user=anna", token).outcome()).isEqualTo("401 invalid_token");
    } finally {
      Files.writeString(file, before);
      server.reloadClients();
    }
    assertThat(ask("GET", "/grants?user=anna", token).status()).isEqualTo(200);
  }

  @Test
  void theScopeIsGivenOnlyToWhoAsksForItByName() {
    Params silent = Params.of("grant_type", "client_credentials");

    assertThat(server.machine().token(silent).string("scope")).isEqualTo("accounts");
    assertThat(server.app().token(silent.and("scope", "countersign_operator")).outcome())
        .isEqualTo("400 invalid_scope");
  }

  @Test
  void answersNoOtherMethod() {
    assertThat(ask("POST", "/grants?client_id=app").status()).isEqualTo(405);
    assertThat(ask("GET", "/grants/one").status()).isEqualTo(405);
    assertThat(ask("GET", "/clients/app").status()).isEqualTo(405);
  }

  @Test
  @Requirement({"GM-6.6-1"})
  void endsNoClientOfTheFiles() {
    server.app().tokens();

    assertThat(ask("DELETE", "/clients/app").status()).isEqualTo(404);

    assertThat(server.store().findGrants(GrantFilter.of(APP), Optional.empty(), 10, server.now()))
        .hasSize(1);
  }
}
