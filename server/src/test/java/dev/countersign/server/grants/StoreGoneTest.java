package dev.countersign.server.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API while the store cannot answer. */
class StoreGoneTest {

  private static Reply call(TestServer server, String method, String token) {
    URI url = server.url("/grants/" + "A".repeat(43));
    String proof = server.app().proofFor(token, method, url);
    return server.send(
        method,
        url,
        List.of(Map.entry("Authorization", "DPoP " + token), Map.entry("DPoP", proof)),
        new byte[0]);
  }

  @Test
  @Requirement({"GM-6.4-4"})
  void saysWhenToComeAgain(@TempDir Path folder) {
    try (TestServer server =
        new TestServer(
            folder,
            yaml -> "grant_management: {enabled: true}\n" + ManagedGrantsTest.managing(yaml))) {
      String query = ManagedGrantsTest.queryToken(server.app());
      String revoke = ManagedGrantsTest.revokeToken(server.app());
      assertThat(call(server, "GET", query).header("Retry-After")).isEmpty();
      server.store().close();
      for (Reply reply : List.of(call(server, "GET", query), call(server, "DELETE", revoke))) {
        assertThat(reply.outcome()).isEqualTo("503 temporarily_unavailable");
        assertThat(reply.all("Retry-After")).containsExactly("2");
      }
    }
  }
}
