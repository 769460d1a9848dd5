package dev.countersign.server.revoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement({"RV-1"})
class RevocationEndpointTest extends EndpointTest {
  private static final Params OWN = Params.of("grant_type", "client_credentials");

  private static Reply revoke(TestClient client, Params asked) {
    return revoke(client, asked, client.assertion());
  }

  private static Reply revoke(TestClient client, Params asked, String assertion) {
    return client.post("/revoke", asked.and(client.authenticatedBy(assertion)), List.of());
  }

  private static Params token(Reply tokens, String kind) {
    return Params.of("token", tokens.string(kind));
  }

  private void works(Reply tokens) {
    assertThat(server.app().userinfo(tokens.string("access_token")).status()).isEqualTo(200);
    assertThat(refreshed(tokens)).isEqualTo("200");
  }

  private void isOver(Reply tokens) {
    assertThat(server.app().userinfo(tokens.string("access_token")).outcome())
        .isEqualTo("401 invalid_token");
    assertThat(refreshed(tokens)).isEqualTo("400 invalid_grant");
  }

  private String refreshed(Reply tokens) {
    TestClient app = server.app();
    return app.token(app.refreshRequest(tokens.string("refresh_token"))).outcome();
  }

  private static void done(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text()).isEmpty();
    assertThat(reply.header("Cache-Control")).contains("no-store");
    assertThat(reply.header("x-fapi-interaction-id")).isPresent();
  }

  private boolean isActive(String token) {
    return !server.api().introspect(token).text().equals("{\"active\":false}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"refresh_token", "access_token"})
  @Requirement({"RV-2", "SP-6.8-4"})
  void endsTheGrantByAnyOfItsTokensAndNoOtherGrant(String kind) {
    Reply tokens = server.app().tokens();
    Reply others = server.app().tokens();
    done(revoke(server.app(), token(tokens, kind)));
    isOver(tokens);
    works(others);
    assertThat(server.logged("client_id")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "refresh_token", "id_token", "\uD83C\uDF32"})
  void neverTrustsTheHint(String hint) {
    for (String kind : List.of("refresh_token", "access_token")) {
      Reply tokens = server.app().tokens();
      done(revoke(server.app(), token(tokens, kind).and("token_type_hint", hint)));
      isOver(tokens);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "e30.e30.e30", "a b", "\u00FC"})
  void takesAnUnknownTokenForOneThatIsOver(String unknown) {
    done(revoke(server.app(), Params.of("token", unknown)));
  }

  @Test
  void takesAForgedOrOverlongTokenForOneThatIsOver() {
    Reply tokens = server.app().tokens();
    String access = tokens.string("access_token");
    int dot = access.lastIndexOf('.') + 1;
    String forged =
        access.substring(0, dot)
            + (access.charAt(dot) == 'A' ? 'B' : 'A')
            + access.substring(dot + 1);
    done(revoke(server.app(), Params.of("token", forged)));
    done(revoke(server.app(), Params.of("token", "x".repeat(20_000))));
    works(tokens);
  }

  @Test
  void saysTheSameWhenItIsAskedAgain() {
    Params token = token(server.app().tokens(), "refresh_token");
    done(revoke(server.app(), token));
    done(revoke(server.app(), token));
  }

  @Test
  void takesAnExpiredAccessTokenForOneThatIsOver() {
    Reply tokens = server.app().tokens();
    server.pass(Duration.ofHours(1));
    done(revoke(server.app(), token(tokens, "access_token")));
    assertThat(refreshed(tokens)).isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"refresh_token", "access_token"})
  @Requirement({"A5-09"})
  void refusesTheTokenOfAnotherClientWhichGoesOn(String kind) {
    Reply tokens = server.app().tokens();
    assertThat(revoke(server.other(), token(tokens, kind)).outcome())
        .isEqualTo("400 invalid_grant");
    works(tokens);
    done(revoke(server.app(), token(tokens, kind)));
    isOver(tokens);
  }

  @Test
  @Requirement({"RV-2"})
  void endsATokenOfTheClientItselfForThatClientAlone() {
    TestClient machine = server.machine();
    String own = machine.token(OWN).string("access_token");
    String next = machine.token(OWN).string("access_token");

    assertThat(revoke(server.app(), Params.of("token", own)).outcome())
        .isEqualTo("400 invalid_grant");
    assertThat(isActive(own)).isTrue();
    done(revoke(machine, Params.of("token", own)));
    assertThat(isActive(own)).isFalse();
    assertThat(isActive(next)).isTrue();
    done(revoke(machine, Params.of("token", own)));
  }

  @Test
  void refusesARequestWithoutToken() {
    for (Params none : List.of(Params.of(), Params.of("token", ""), Params.of("tokens", "x"))) {
      assertThat(revoke(server.app(), none).outcome()).isEqualTo("400 invalid_request");
    }
    Params twice = token(server.app().tokens(), "refresh_token").and("token", "x");
    assertThat(revoke(server.app(), twice).outcome()).isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"SP-5.3.2.1-6", "CA-4"})
  void refusesAClientThatDoesNotProveWhoItIs() {
    Reply tokens = server.app().tokens();
    Params token = token(tokens, "refresh_token");
    TestClient impostor = server.impostor(server.app().id());
    assertThat(server.app().post("/revoke", token, List.of()).outcome())
        .isEqualTo("401 invalid_client");
    assertThat(server.app().post("/revoke", token.and("client_id", "app"), List.of()).outcome())
        .isEqualTo("401 invalid_client");
    assertThat(revoke(impostor, token).outcome()).isEqualTo("401 invalid_client");
    works(tokens);
  }

  @Test
  @Requirement({"CA-3"})
  void takesAnAssertionOnceWhateverTheTokenWas() {
    TestClient app = server.app();
    for (Params token :
        List.of(Params.of("token", "unknown"), token(app.tokens(), "refresh_token"))) {
      String assertion = app.assertion();
      Reply tokens = app.tokens();
      done(revoke(app, token, assertion));
      for (Params next : List.of(Params.of("token", "y"), token(tokens, "refresh_token"))) {
        assertThat(revoke(app, next, assertion).outcome()).isEqualTo("401 invalid_client");
      }
      works(tokens);
    }
  }

  @Test
  @Requirement({"SP-5.2.3-3"})
  void takesNothingButAPostedForm() {
    Reply tokens = server.app().tokens();
    Params asked =
        token(tokens, "refresh_token").and(server.app().authenticatedBy(server.app().assertion()));
    Reply get = server.get(URI.create(server.url("/revoke") + "?" + asked.encode()));
    assertThat(get.outcome()).isEqualTo("405 invalid_request");
    assertThat(get.header("Allow")).contains("POST");
    assertThat(server.app().post("/revoke?" + asked.encode(), Params.of(), List.of()).outcome())
        .isEqualTo("400 invalid_request");
    works(tokens);
  }

  @Test
  void aStoreThatIsGoneSaysSoAndNotThatTheTokenHasEnded(@TempDir Path folder) {
    try (TestServer alone = new TestServer(folder)) {
      Params token = token(alone.app().tokens(), "refresh_token");
      alone.store().close();
      assertThat(revoke(alone.app(), token).outcome()).isEqualTo("503 temporarily_unavailable");
      assertThat(revoke(alone.app(), Params.of("token", "unknown")).outcome())
          .isEqualTo("503 temporarily_unavailable");
    }
  }
}
