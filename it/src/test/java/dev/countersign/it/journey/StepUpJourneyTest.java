package dev.countersign.it.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.StepUp;
import dev.countersign.client.Tokens;
import dev.countersign.requirement.Requirement;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the challenge of the bank to a login that opens its vault (RFC 9470). */
class StepUpJourneyTest {
  private static final FlowRequest REQUEST = FlowRequest.of("openid profile accounts");

  @Test
  @Requirement({"SU-1", "SU-2", "SU-3"})
  void leadsFromTheChallengeToALoginThatMeetsIt(@TempDir Path folder) throws ClientException {
    try (World world = new World(folder, CryptoPath.JDK.jose())) {
      FapiClient client = world.client();
      Tokens weak = world.journey(client);
      assertThat(client.call(weak, ResourceRequest.get(world.accounts())).status()).isEqualTo(200);
      ResourceResponse refused = client.call(weak, ResourceRequest.get(world.vault()));
      assertThat(refused.status()).isEqualTo(401);
      StepUp demanded = refused.stepUp().orElseThrow();
      assertThat(demanded.acrValues()).containsExactly(Bank.PASSWORD);

      // No login of this server meets it: refused at once, and not challenged again in a loop.
      assertThatThrownBy(() -> world.journey(client, REQUEST.withStepUp(demanded)))
          .isInstanceOf(ClientException.class)
          .hasMessageContaining("unmet_authentication_requirements");

      world.restartServer(yaml -> yaml + "login: {acr: '" + Bank.PASSWORD + "'}\n");
      FapiClient again = world.client();
      Tokens strong = world.journey(again, REQUEST.withStepUp(demanded));
      assertThat(strong.idToken().orElseThrow().acr()).contains(Bank.PASSWORD);
      assertThat(again.call(strong, ResourceRequest.get(world.vault())).status()).isEqualTo(200);
    }
  }
}
