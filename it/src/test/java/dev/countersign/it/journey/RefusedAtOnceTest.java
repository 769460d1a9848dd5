package dev.countersign.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.Tokens;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the authorization server ended, a bank that asks refuses at the next request, without any
 * waiting.
 */
@Requirement({"SP-5.3.4-3", "ATT-51", "A7-11", "IN-4"})
class RefusedAtOnceTest {

  /** How the bank asks. */
  enum Way {
    /** At the introspection endpoint, over HTTPS. */
    INTROSPECTION {
      @Override
      Bank.Asking of(World world) {
        return world::asking;
      }
    },
    /** In the process that both share. */
    IN_PROCESS {
      @Override
      Bank.Asking of(World world) {
        return (_, _) -> world.inProcess();
      }
    };

    abstract Bank.Asking of(World world);
  }

  @FunctionalInterface
  private interface Play {
    void in(World world, FapiClient client) throws ClientException;
  }

  private static void play(Way way, Path folder, Play play) throws ClientException {
    try (World world = new World(folder, Jose.jdk())) {
      world.stopBank();
      try (Bank _ =
          Bank.open(
              world.tls(),
              world.jose(),
              world.issuer(),
              world.bankUrl(),
              world.random(),
              way.of(world))) {
        play.in(world, world.client());
      }
    }
  }

  private static ResourceResponse accounts(World world, FapiClient client, Tokens tokens)
      throws ClientException {
    return client.call(tokens, ResourceRequest.get(world.accounts()));
  }

  private static void isServed(World world, FapiClient client, Tokens tokens)
      throws ClientException {
    assertThat(accounts(world, client, tokens).status()).isEqualTo(200);
  }

  private static void isRefused(World world, FapiClient client, Tokens tokens)
      throws ClientException {
    ResourceResponse refused = accounts(world, client, tokens);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(Challenge.parse(refused.headers().all(Challenge.HEADER)))
        .extracting(challenge -> challenge.attribute("error"))
        .containsExactly(Optional.of("invalid_token"));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  @Requirement({"SP-5.3.2.2-9", "SP-6.8-4", "ATT-05"})
  void theTokensOfACodeThatWasReplayed(Way way, @TempDir Path folder) throws ClientException {
    play(
        way,
        folder,
        (world, client) -> {
          Tokens tokens = world.journey(client);
          Tokens fresh = client.refresh(tokens);
          isServed(world, client, tokens);
          isServed(world, client, fresh);

          Exchange redemption =
              world
                  .wire()
                  .newest(
                      world.app().tokenEndpoint(),
                      one -> one.status() == 200 && one.form().has("code"));
          assertThat(world.app().token(redemption.form()).outcome()).isEqualTo("400 invalid_grant");

          isRefused(world, client, tokens);
          isRefused(world, client, fresh);
        });
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  @Requirement({"RV-1", "RV-2", "SP-6.8-4"})
  void theTokensOfAGrantThatWasGivenBackAndOfNoOther(Way way, @TempDir Path folder)
      throws ClientException {
    play(
        way,
        folder,
        (world, client) -> {
          Tokens tokens = world.journey(client);
          Tokens others = world.journey(client);
          isServed(world, client, tokens);

          client.revoke(tokens);

          isRefused(world, client, tokens);
          isServed(world, client, others);
        });
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  @Requirement({"RV-2"})
  void aTokenOfTheClientItselfThatWasGivenBack(Way way, @TempDir Path folder)
      throws ClientException {
    play(
        way,
        folder,
        (world, client) -> {
          Tokens own = client.clientCredentials(Scope.of("accounts"), List.of());
          Tokens next = client.clientCredentials(Scope.of("accounts"), List.of());
          isServed(world, client, own);

          client.revoke(own);

          isRefused(world, client, own);
          isServed(world, client, next);
        });
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void theTokensOfAClientOrAPersonThatIsGone(Way way, @TempDir Path folder) throws ClientException {
    play(
        way,
        folder,
        (world, client) -> {
          Tokens tokens = world.journey(client);
          Tokens own = client.clientCredentials(Scope.of("accounts"), List.of());

          world.restartServer(yaml -> yaml.replace("sub: " + World.SUBJECT, "sub: u-other"));
          isRefused(world, client, tokens);
          isServed(world, client, own);

          world.restartServer(yaml -> yaml.replace("client_id: budget-app", "client_id: gone"));
          isRefused(world, client, tokens);
          isRefused(world, client, own);

          world.restartServer(yaml -> yaml);
          isServed(world, client, tokens);
        });
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void nothingIsServedWhileTheServerCannotSay(Way way, @TempDir Path folder)
      throws ClientException {
    play(
        way,
        folder,
        (world, client) -> {
          Tokens tokens = world.journey(client);
          isServed(world, client, tokens);

          world.store().close();

          assertThat(accounts(world, client, tokens).status()).isEqualTo(503);
        });
  }
}
