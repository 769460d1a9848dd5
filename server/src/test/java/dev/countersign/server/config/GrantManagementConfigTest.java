package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.requirement.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantManagementConfigTest {
  private static final String LEAST =
      """
      issuer: https://auth.example.com
      tls: {certificate: server.pem, key: server-key.pem}
      resources: [{indicator: 'https://api.example.com'}]
      """;
  private static final List<String> SCOPES =
      List.of("grant_management_query", "grant_management_revoke");

  @TempDir private Path folder;

  @BeforeEach
  void prepare() throws Exception {
    Files.writeString(folder.resolve("server.pem"), "");
    Files.writeString(folder.resolve("server-key.pem"), "");
  }

  private Config read(String more) throws ConfigException {
    return ConfigFile.parse("countersign.yaml", LEAST + more, folder);
  }

  private static List<String> scopes(Config config) {
    return config.scopes().stream().map(ScopeConfig::name).toList();
  }

  @Test
  void isOffUnlessTold() throws Exception {
    assertThat(read("").grantManagement()).isEqualTo(GrantManagementConfig.STANDARD);
    assertThat(read("grant_management: {enabled: false}").grantManagement())
        .isEqualTo(new GrantManagementConfig(false, false));
    assertThat(scopes(read(""))).doesNotContainAnyElementsOf(SCOPES);
  }

  @Test
  @Requirement({"GM-7.1-3", "GM-6.1-1"})
  void bringsItsScopesAlong() throws Exception {
    Config config = read("grant_management: {enabled: true, action_required: true}");
    assertThat(config.grantManagement()).isEqualTo(new GrantManagementConfig(true, true));
    assertThat(scopes(config)).containsAll(SCOPES);
    assertThat(read("grant_management: {enabled: true}").grantManagement().actionRequired())
        .isFalse();
  }

  @Test
  @Requirement({"GM-7.1-3"})
  void refusesToRequireWhatIsOff() {
    assertThatThrownBy(() -> read("grant_management: {action_required: true}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("grant_management.action_required: needs enabled: true beside it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GrantManagementConfig(false, true))
        .withMessageContaining("GM-7.1-3");
  }

  @Test
  void keepsItsScopesForTheApi() {
    String on = "grant_management: {enabled: true}\n";
    assertThatThrownBy(
            () -> read(on + "scopes: [{name: grant_management_query, description: Mine}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("there is a scope 'grant_management_query' already");
    assertThatThrownBy(
            () ->
                ConfigFile.parse(
                    "countersign.yaml",
                    on
                        + LEAST.replace(
                            "api.example.com'",
                            "api.example.com', scopes: grant_management_revoke"),
                    folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("grant_management_revoke");
  }

  @Test
  void leavesTheirNamesToOthersWhileItIsOff() throws Exception {
    Config config = read("scopes: [{name: grant_management_query, description: Mine}]");
    assertThat(scopes(config)).contains("grant_management_query");
  }
}
