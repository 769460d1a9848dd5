package dev.countersign.attacker.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.deployment.TestClient.Authentication;
import dev.countersign.testkit.TestTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the documents is one that can be filled in. */
class TargetExampleTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("countersign.root"), "docs/examples/attack.yaml");
  private static final Pattern SWITCHED_OFF = Pattern.compile("(?m)^( *)#(?=[a-z-])");
  private static final Map<String, String> PASSWORDS =
      Map.of("ALICE_PASSWORD", "wonderland", "MALLORY_PASSWORD", "m", "REGISTRATION_TOKEN", "t");

  @TempDir private Path temp;
  private TargetFolder folder;
  private String example;

  @BeforeEach
  void writeTheFilesItNames() throws Exception {
    folder = new TargetFolder(temp);
    folder.privateJwk("app-1");
    folder.privateJwk("api-introspection");
    folder.publicJwk("api");
    folder.certificate("app-2", TestTls.forHost("app-2"));
    folder.certificate("evil", TestTls.LOCALHOST);
    folder.certificate("other", TestTls.forHost("other"));
    folder.certificate("old", TestTls.LOCALHOST);
    folder.write("ca.pem", TargetFolder.pem(TestTls.LOCALHOST));
    example = Files.readString(EXAMPLE);
  }

  @Test
  void readsAsItStands() throws Exception {
    Target target = folder.read(example, PASSWORDS);
    assertThat(target.issuer().value()).isEqualTo("https://as.example.com");
    assertThat(target.clients())
        .extracting(TestClient::authentication)
        .containsExactly(Authentication.PRIVATE_KEY_JWT, Authentication.TLS_CLIENT_AUTH);
    assertThat(target.users().getFirst().fill()).containsEntry("password", "wonderland");
    assertThat(target.registration()).isEmpty();
  }

  @Test
  void readsWithAllThatIsSwitchedOff() throws Exception {
    Target target = folder.read(withAll(), PASSWORDS);
    assertThat(target.trust()).hasSize(1);
    assertThat(target.introspection()).isPresent();
    assertThat(target.registration().orElseThrow().token().orElseThrow().reveal()).isEqualTo("t");
    assertThat(target.listener().orElseThrow().port()).isEqualTo(9443);
    assertThat(target.listener().orElseThrow().ofOtherHost()).isPresent();
    assertThat(target.listener().orElseThrow().expired()).isPresent();
    assertThat(target.clientsUnderTest().getFirst().idAtHostile().value())
        .isEqualTo("shop-at-evil");
    assertThat(target.resources().getFirst().key()).isPresent();
  }

  @Test
  void showsEveryKeyThatThereIs() {
    String all = withAll();
    assertThat(TargetKeys.all())
        .allSatisfy(key -> assertThat(all).containsPattern("(?m)^[ -]*" + key.name() + ":"));
  }

  @Test
  void explainsEveryKeyInATable() {
    assertThat(TargetKeys.table().lines())
        .hasSize(TargetKeys.all().size() + 2)
        .contains(
            "| `allow` | required | Host and port of every server that may be reached. Nothing else"
                + " is ever contacted. |",
            "| `requests_per_second` | `10` | The pace is never faster. A recipe that sends some at"
                + " the same moment, at most 20, waits as long afterwards. 1 to 1000. |")
        .allSatisfy(row -> assertThat(row).matches("\\|([^|]+\\|){3}"));
  }

  private String withAll() {
    return SWITCHED_OFF.matcher(example).replaceAll("$1");
  }
}
