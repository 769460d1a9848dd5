package dev.countersign.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refresh tokens that an operator has replaced, in extraordinary circumstances. */
@Requirement({"SP-5.3.2.1-9a", "OA-7"})
class RefreshRotationTest {
  private static final String BEFORE =
      "lifetimes: {rotate_refresh_tokens_before: 2026-03-01T11:58:00Z}\n";

  @TempDir private Path folder;

  private static String rotating(String yaml) {
    return yaml + BEFORE;
  }

  /** A code that is redeemed and its refresh token, of so long before the server starts anew. */
  private record Old(String code, String refreshToken) {}

  private Old issued(Duration before) {
    try (TestServer server = new TestServer(folder)) {
      server.pass(before.negated());
      String code = server.app().code();
      Reply tokens = server.app().token(server.app().codeRequest(code));
      return new Old(code, tokens.string("refresh_token"));
    }
  }

  private static Reply refresh(TestServer server, String token) {
    return server.app().token(server.app().refreshRequest(token));
  }

  @Test
  void replacesAnOldOneAndGivesTheSameAgainToAClientThatLostIt() {
    String old = issued(Duration.ofMinutes(10)).refreshToken();
    try (TestServer server = new TestServer(folder, RefreshRotationTest::rotating)) {
      Reply first = refresh(server, old);
      assertThat(first.status()).as(first.text()).isEqualTo(200);
      String fresh = first.string("refresh_token");
      assertThat(fresh).hasSize(43).isNotEqualTo(old);
      server.pass(Duration.ofHours(23));
      assertThat(refresh(server, old).string("refresh_token")).isEqualTo(fresh);

      Reply second = refresh(server, fresh);
      assertThat(second.status()).isEqualTo(200);
      assertThat(second.json().has("refresh_token")).isFalse();
      assertThat(refresh(server, old).outcome()).isEqualTo("400 invalid_grant");
      assertThat(refresh(server, fresh).status()).isEqualTo(200);
    }
  }

  @Test
  void theOldOneWorksForADayAtMost() {
    String old = issued(Duration.ofMinutes(10)).refreshToken();
    try (TestServer server = new TestServer(folder, RefreshRotationTest::rotating)) {
      String fresh = refresh(server, old).string("refresh_token");
      server.pass(Duration.ofDays(1).minusSeconds(1));
      assertThat(refresh(server, old).status()).isEqualTo(200);
      server.pass(Duration.ofSeconds(1));
      assertThat(refresh(server, old).outcome()).isEqualTo("400 invalid_grant");
      assertThat(refresh(server, fresh).status()).isEqualTo(200);
    }
  }

  @Test
  @Requirement({"SP-5.3.2.1-9"})
  void leavesALaterOneAsItIs() {
    String atThatTime = issued(Duration.ofMinutes(2)).refreshToken();
    try (TestServer server = new TestServer(folder, RefreshRotationTest::rotating)) {
      Reply refreshed = refresh(server, atThatTime);
      assertThat(refreshed.status()).isEqualTo(200);
      assertThat(refreshed.json().has("refresh_token")).isFalse();
      String later = server.app().tokens().string("refresh_token");
      assertThat(refresh(server, later).json().has("refresh_token")).isFalse();
    }
  }

  @Test
  void aTimeToComeReplacesNothingTwice() {
    String old = issued(Duration.ofMinutes(1)).refreshToken();
    try (TestServer server =
        new TestServer(folder, yaml -> rotating(yaml).replace("2026-03", "2036-03"))) {
      String fresh = refresh(server, old).string("refresh_token");
      assertThat(refresh(server, fresh).json().has("refresh_token")).isFalse();
    }
  }

  @Test
  void theNewOneBelongsToTheSameClientAndEndsWithItsGrant() {
    Old issued = issued(Duration.ofMinutes(10));
    String old = issued.refreshToken();
    try (TestServer server = new TestServer(folder, RefreshRotationTest::rotating)) {
      TestClient app = server.app();
      String fresh = refresh(server, old).string("refresh_token");
      Params stolen = server.other().refreshRequest(fresh);
      assertThat(server.other().token(stolen).outcome()).isEqualTo("400 unauthorized_client");
      assertThat(app.token(app.codeRequest(issued.code())).outcome())
          .isEqualTo("400 invalid_grant");
      assertThat(refresh(server, fresh).outcome()).isEqualTo("400 invalid_grant");
      assertThat(refresh(server, old).outcome()).isEqualTo("400 invalid_grant");
    }
  }
}
