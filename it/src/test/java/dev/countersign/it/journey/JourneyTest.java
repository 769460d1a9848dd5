package dev.countersign.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.RefreshRequest;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.Tokens;
import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From metadata to refreshed tokens, with every cryptography there is. */
class JourneyTest {

  @ParameterizedTest
  @EnumSource(CryptoPath.class)
  @Requirement({"SP-5.3.3.1-1", "SP-5.3.3.1-8", "SP-5.3.3.1-9", "SP-5.3.4-4", "IA-2.2.1-2"})
  void leadsFromThePushedRequestToTheBankAndToRefreshedTokens(
      CryptoPath crypto, @TempDir Path folder) throws ClientException, MalformedJsonException {
    try (World world = new World(folder, crypto.jose())) {
      FapiClient client = world.client();

      Tokens tokens = world.journey(client);
      assertThat(tokens.scope()).isEqualTo(Scope.of("openid", "profile", "accounts"));
      assertThat(tokens.idToken().orElseThrow().sub().value()).isEqualTo(World.SUBJECT);
      assertThat(client.userinfo(tokens, new EndUserPresent(true)).claims().string("name"))
          .contains("Anna Sund");

      ResourceResponse accounts = client.call(tokens, ResourceRequest.get(world.accounts()));
      assertThat(accounts.status()).isEqualTo(200);
      assertThat(accounts.json().string("owner")).contains(World.SUBJECT);
      assertThat(accounts.headers().first("x-fapi-interaction-id"))
          .contains(accounts.interactionId().value().toString());

      Tokens fresh = client.refresh(tokens, RefreshRequest.same());
      assertThat(fresh.accessToken()).isNotEqualTo(tokens.accessToken());
      assertThat(fresh.refreshToken()).isEqualTo(tokens.refreshToken());
      assertThat(client.call(fresh, ResourceRequest.get(world.accounts())).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(CryptoPath.class)
  @Requirement({"SP-5.3.4-4"})
  void givesTheClientATokenOfItsOwn(CryptoPath crypto, @TempDir Path folder)
      throws ClientException, MalformedJsonException {
    try (World world = new World(folder, crypto.jose())) {
      FapiClient client = world.client();

      Tokens own = client.clientCredentials(Scope.of("accounts"), List.of());

      ResourceResponse accounts = client.call(own, ResourceRequest.get(world.accounts()));
      assertThat(accounts.json().string("owner")).contains(world.app().id().value());
      assertThat(own.refreshToken()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(CryptoPath.class)
  @Requirement({"SP-5.3.4-5", "SP-5.3.2.1-4"})
  void aTokenIsWorthNothingWithAnotherKey(CryptoPath crypto, @TempDir Path folder)
      throws ClientException {
    try (World world = new World(folder, crypto.jose())) {
      Tokens tokens = world.journey(world.client());

      Exchange theft = world.other().get(world.accounts(), tokens.accessToken());

      assertThat(theft.status()).isEqualTo(401);
      assertThat(theft.header("WWW-Authenticate").orElseThrow()).contains("invalid_token");
      assertThat(world.app().get(world.accounts(), tokens.accessToken()).status()).isEqualTo(200);
    }
  }
}
