package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.client.ClientKeys;
import dev.countersign.server.config.SoftwareStatementRules.Trusted;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may register, and for how long nobody need come. */
class DynamicRegistrationConfigTest {
  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("server.pem"), "");
    Files.writeString(folder.resolve("server-key.pem"), "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{enabled: true}                                      | initial_access_tokens: is missing",
        "{enabled: true, software_statements: {issuers: [%s]}} | initial_access_tokens: is missing",
        "{software_statements: {required: true}}      | software_statements.issuers: is missing",
        "{software_statements: {required: true, issuers: []}} | must not be an empty list",
        "{software_statements: {issuers: []}}                 | must not be an empty list",
        "{software_statements: {issuers: [{issuer: x, jwks_uri: 'https://x.example', jwks:"
            + " {keys: [%k]}}]}} | stands beside jwks",
      })
  @Requirement({"DC-1", "DC-2"})
  void refusesARegistrationThatNobodyOrAnybodyCouldUse(String section, String fault) {
    String issuer = "{issuer: x, jwks_uri: 'https://x.example'}";
    String yaml = section.replace("%s", issuer).replace("%k", ConfigSamples.KEY);

    assertThatThrownBy(() -> read("dynamic_registration: " + yaml))
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.problems()).hasSize(1))
        .hasMessageContaining(fault);
  }

  @ParameterizedTest
  @CsvSource({"true, '', true", "false, 'open: true, ', true", "true, 'tokens', false"})
  @Requirement("DC-1")
  void needsNoTokenWhereAStatementAdmits(boolean required, String more, boolean open)
      throws ConfigException {
    String tokens = "initial_access_tokens: ['" + "0".repeat(64) + "'], ";
    String yaml =
        ("dynamic_registration: {enabled: true, %s"
                + "software_statements: {required: %s, issuers: [%s]}}")
            .formatted(
                more.equals("tokens") ? tokens : more,
                required,
                "{issuer: x, jwks_uri: 'https://x.example'}");

    assertThat(read(yaml).registration().dynamic().orElseThrow().isOpen()).isEqualTo(open);
  }

  @Test
  void hasTheseDefaultsAndEffects() throws ConfigException {
    DynamicRegistration least =
        read("dynamic_registration: {enabled: true, open: true}")
            .registration()
            .dynamic()
            .orElseThrow();
    assertThat(least.statements()).isEqualTo(new SoftwareStatementRules(false, List.of()));
    assertThat(least.unusedFor()).contains(Duration.ofDays(30));

    DynamicRegistration said =
        read("""
        dynamic_registration:
          enabled: true
          unused_for: none
          software_statements:
            required: true
            issuers:
              - {issuer: The Directory, jwks_uri: 'https://x.example/jwks', max_age: 1h}
        """)
            .registration()
            .dynamic()
            .orElseThrow();
    assertThat(said.unusedFor()).isEmpty();
    assertThat(said.statements().required()).isTrue();
    assertThat(said.statements().trusted("The Directory"))
        .contains(
            new Trusted(
                "The Directory",
                ClientKeys.at(URI.create("https://x.example/jwks")),
                Optional.of(Duration.ofHours(1))));
    assertThat(said.statements().trusted("the directory")).isEmpty();
  }

  @Test
  @Requirement({"RAR-6-2"})
  void refusesATypeThatClientsGetWithoutAPerson() throws Exception {
    String type =
        """
        {"type": "batch", "personal": [], "sensitive": false, "use": "many", "without_person": %s,
         "schema": {"type": "object", "properties": {"type": {"const": "batch"}}}}
        """;
    String yaml =
        """
        authorization_details_types: [batch.json, payment_initiation]
        dynamic_registration:
          enabled: true
          open: true
          authorization_details_types: [payment_initiation, batch]
        """;
    Files.writeString(folder.resolve("batch.json"), type.formatted("true"));
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.problems()).hasSize(1))
        .hasMessageContaining("dynamic_registration.authorization_details_types: 'batch' has")
        .hasMessageContaining("nobody would be asked");
    Files.writeString(folder.resolve("batch.json"), type.formatted("false"));
    assertThat(read(yaml).registration().dynamic().orElseThrow().detailTypes())
        .containsExactlyInAnyOrder("payment_initiation", "batch");
  }

  private Config read(String more) throws ConfigException {
    return ConfigFile.parse("countersign.yaml", ConfigSamples.LEAST + more + "\n", folder);
  }
}
