package dev.countersign.server.par;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.jar.RequestObject;
import dev.countersign.protocol.jar.VerifiedRequestObject;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.RequestUri;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.SignedRequests;
import dev.countersign.server.kit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed requests that the operator keeps. */
@Requirement({"MS-7", "MS-NR1"})
class KeptRequestsTest {
  @TempDir Path folder;

  private TestServer server;
  private Path file;

  @BeforeEach
  void start() {
    file = folder.resolve("requests.jsonl");
    server =
        new TestServer(
            folder, yaml -> People.in(yaml) + "log: {signed_requests: requests.jsonl}\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private SignedRequests requests() {
    return new SignedRequests(server, server.app());
  }

  private List<JsonObject> kept() throws Exception {
    List<JsonObject> kept = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isEmpty()) {
        kept.add(JsonObject.parse(line));
      }
    }
    return kept;
  }

  @Test
  void canBeVerifiedLaterByWhatIsKept() throws Exception {
    String object = requests().object(claims -> claims.put("jti", "once"));
    Reply pushed = requests().push(object);
    assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);

    JsonObject kept = kept().getFirst();
    assertThat(kept.string("client_id")).contains(server.app().id().value());
    assertThat(kept.string("request")).contains(object);
    assertThat(kept.string("request_uri_sha256"))
        .contains(new RequestUri(pushed.string("request_uri")).digest().hex());
    assertThat(Files.readString(file)).doesNotContain(pushed.string("request_uri"));
    VerifiedRequestObject verified =
        RequestObject.read(kept.string("request").orElseThrow())
            .verify(
                server.jose(),
                JwkSet.parse(kept.object("jwks").orElseThrow()),
                Optional.empty(),
                server.app().id(),
                TestServer.ISSUER,
                Instant.parse(kept.string("at").orElseThrow()));
    assertThat(verified.parameters().value("state")).contains("some-state");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void areThoseThatWereTakenAndNoOthers() throws Exception {
    String object = requests().object(claims -> claims.put("jti", "once"));
    assertThat(requests().push(object).status()).isEqualTo(201);
    assertThat(requests().push(object).outcome()).isEqualTo("400 invalid_request_object");
    assertThat(requests().push(requests().object(c -> c.put("scope", "admin"))).outcome())
        .isEqualTo("400 invalid_scope");
    assertThat(server.app().push(server.app().authorizationRequest()).status()).isEqualTo(201);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void goOnInANewFileWhenTheOldOneWasMovedAway() throws Exception {
    assertThat(requests().push(requests().object()).status()).isEqualTo(201);
    Files.move(file, folder.resolve("old.jsonl"));
    assertThat(requests().push(requests().object()).status()).isEqualTo(201);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void withoutARequestThatCannotBeKept() throws IOException {
    Files.createDirectory(file);
    Reply refused = requests().push(requests().object());
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.text()).doesNotContain("urn:");
    // Of others nothing is to be kept.
    assertThat(server.app().push(server.app().authorizationRequest()).status()).isEqualTo(201);
  }
}
