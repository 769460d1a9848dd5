package dev.countersign.server.config;

import static dev.countersign.server.config.ConfigSamples.KEYS;
import static dev.countersign.server.config.ConfigSamples.LEAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.server.client.RegisteredClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may be an operator's client. */
class OperatorScopeTest {
  private static final String CLIENT =
      """
      clients:
        - client_id: operator
          name: Operations
          jwks_file: keys.json
          grant_types: %s
          %s
          scope: countersign_operator
      """;

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("server.pem"), "");
    Files.writeString(folder.resolve("server-key.pem"), "");
    Files.writeString(folder.resolve("keys.json"), KEYS);
  }

  private List<ConfigProblem> problems(String more) {
    return catchThrowableOfType(
            ConfigException.class, () -> ConfigFile.parse("countersign.yaml", LEAST + more, folder))
        .problems();
  }

  @Test
  void isOneOfTheFilesThatActsForItselfAlone() throws ConfigException {
    Config config =
        ConfigFile.parse(
            "countersign.yaml", LEAST + CLIENT.formatted("[client_credentials]", ""), folder);

    assertThat(config.clients())
        .extracting(client -> client.scope().toString())
        .containsExactly(RegisteredClient.OPERATOR_SCOPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[authorization_code]",
        "[client_credentials, authorization_code]",
        "[authorization_code, refresh_token]"
      })
  void isNoneThatActsForPeople(String grants) {
    List<ConfigProblem> problems =
        problems(CLIENT.formatted(grants, "redirect_uris: ['https://a.example/callback']"));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().key()).endsWith("grant_types");
    assertThat(problems.getFirst().fault()).contains("client_credentials alone");
  }

  @Test
  void isNoneThatRegistersItself() {
    List<ConfigProblem> problems =
        problems(
            "dynamic_registration: {enabled: true, open: true, scope: countersign_operator}\n");

    assertThat(problems.getFirst().key()).isEqualTo("dynamic_registration.scope");
  }

  @Test
  void noScopeOfTheOperatorsOwnHasTheName() {
    List<ConfigProblem> problems =
        problems("scopes: [{name: countersign_operator, description: All}]\n");

    assertThat(problems.getFirst().fault()).contains("built in");
  }
}
