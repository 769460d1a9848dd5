package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The type that docs/authorization-details.md has people write. */
class OwnTypeTest {
  private static final Path SAMPLE =
      Path.of(System.getProperty("countersign.root"), "docs/examples/energy_readings.yaml");

  private static final String ASKED =
      """
      [{"type":"energy_readings","actions":["read"],"meters":[],"interval":"hour"}]
      """;

  private static TestServer server(Path folder) {
    try {
      Files.copy(SAMPLE, folder.resolve("energy_readings.yaml"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return types(folder);
  }

  private static TestServer types(Path folder) {
    return new TestServer(
        folder,
        yaml ->
            yaml.replaceFirst("\\[payment_initiation", "[energy_readings.yaml, payment_initiation")
                .replace(
                    "\n      [payment_initiation", "\n      [energy_readings, payment_initiation"));
  }

  /** A number may be longer when it is written again, and what is kept is read again. */
  @Test
  @Requirement({"RAR-5-1"})
  void whatGrowsBeyondTheBoundIsRefusedAtOnce(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("energy_readings.yaml"),
        """
        type: energy_readings
        schema:
          properties: {type: {}, n: {type: number}, text: {type: string}}
        personal: []
        sensitive: false
        use: many
        """);
    try (TestServer server = types(folder)) {
      String object = "[{\"type\":\"energy_readings\",\"n\":%s,\"text\":\"%s\"}]";
      int left = 16 * 1024 - object.formatted("1e9", "").length();
      String longest = object.formatted("1E+9", "x".repeat(left - 1));
      Browser browser = new Browser(server);
      Params request = server.app().authorizationRequest();
      assertThat(browser.start(request.and(AuthorizationDetails.NAME, longest)).isLogin()).isTrue();
      assertThat(push(server, object.formatted("1e9", "x".repeat(left))).outcome())
          .isEqualTo("400 invalid_authorization_details");
      assertThat(server.logged("detail").orElseThrow()).contains("longer than 16384");
    }
  }

  private static Reply push(TestServer server, String details) {
    return server
        .app()
        .push(server.app().authorizationRequest().with(AuthorizationDetails.NAME, details));
  }

  @Test
  @Requirement({"RAR-5-1", "RAR-6.1-1", "RAR-11.2"})
  void worksAsItStands(@TempDir Path folder) {
    try (TestServer server = server(folder)) {
      assertThat(push(server, ASKED).status()).isEqualTo(201);
      assertThat(push(server, ASKED.replace("read\"]", "write\"]")).outcome())
          .isEqualTo("400 invalid_authorization_details");
      assertThat(push(server, ASKED.replace("hour\"", "hour\",\"until\":\"soon\"")).outcome())
          .isEqualTo("400 invalid_authorization_details");

      DetailTypes types = server.config().detailTypes();
      AuthorizationDetails granted =
          AuthorizationDetails.parse(
              ASKED
                  .replace("[\"read\"]", "[\"switch_off\"]")
                  .replace("[]", "[{\"number\":\"12345678\"},{\"number\":\"87654321\"}]"));
      AuthorizationDetails less =
          AuthorizationDetails.parse(ASKED.replace("[]", "[{\"number\":\"87654321\"}]"));
      assertThat(types.narrow(granted, less)).isEqualTo(less);
    }
  }
}
