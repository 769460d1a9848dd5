package dev.countersign.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.RefreshRequest;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.Tokens;
import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was given out before a restart is good after it. */
class RestartTest {

  @Test
  @Requirement({"SP-5.4.2-0", "OA-7"})
  void keysTokensAndGrantsOutliveARestart(@TempDir Path folder) throws ClientException {
    try (World world = new World(folder, Jose.jdk())) {
      FapiClient client = world.client();
      Tokens before = world.journey(client);
      JsonObject keys = world.document(world.metadata().jwksUri().orElseThrow());

      world.restartServer();

      assertThat(world.document(world.metadata().jwksUri().orElseThrow())).isEqualTo(keys);
      assertThat(client.userinfo(before, new EndUserPresent(true)).sub().value())
          .isEqualTo(World.SUBJECT);
      assertThat(client.call(before, ResourceRequest.get(world.accounts())).status())
          .isEqualTo(200);
      Tokens after = client.refresh(before, RefreshRequest.same());
      assertThat(client.call(after, ResourceRequest.get(world.accounts())).status()).isEqualTo(200);
    }
  }

  @Test
  @Requirement({"SP-5.3.2.2-9", "SP-6.8-4"})
  void aCodeThatIsReplayedAfterARestartEndsItsTokens(@TempDir Path folder) throws ClientException {
    try (World world = new World(folder, Jose.jdk())) {
      Tokens tokens = world.journey(world.client());
      Exchange redemption =
          world
              .wire()
              .newest(
                  world.app().tokenEndpoint(),
                  one -> one.status() == 200 && one.form().has("code"));

      world.restartServer();

      assertThat(world.app().userinfo(tokens.accessToken()).status()).isEqualTo(200);
      assertThat(world.app().token(redemption.form()).outcome()).isEqualTo("400 invalid_grant");
      assertThat(world.app().userinfo(tokens.accessToken()).status()).isEqualTo(401);
    }
  }
}
