package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever registers learns which member is meant, and no name of somebody else's choice. */
@Requirement("DC-2")
class NamedFaultsTest {
  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = RegisteredPeer.server(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @FieldSource("dev.countersign.server.register.RegisteredPeer#MEMBERS")
  void areToldByTheNameOfTheMember(String member) {
    Reply reply = register(server, with(metadata(server.stranger()), json(seven(member))));

    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.string("error_description")).isEqualTo(member + " is not acceptable here");
    assertThat(server.logged("detail").orElseThrow()).contains(member);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client_id",
        "client_secret",
        "client_secret_expires_at",
        "client_id_issued_at",
        "registration_access_token",
        "registration_client_uri"
      })
  @Requirement("DC-4")
  void areToldByTheNameOfWhatOnlyTheServerSays(String member) {
    Reply own = register(server, metadata(server.stranger()));
    String sent =
        with(
                metadata(server.stranger()).toBuilder()
                    .put("client_id", own.string("client_id"))
                    .build(),
                json(seven(member)))
            .toJson();

    Reply reply = manage(server, "PUT", own, sent);

    assertThat(reply.outcome()).isEqualTo("400 invalid_client_metadata");
    assertThat(reply.string("error_description")).isEqualTo(member + " is not acceptable here");
  }

  @Test
  void areNotToldInWordsOfTheSender() {
    Reply reply =
        register(
            server,
            with(
                metadata(server.stranger()),
                json("{\"redirect_uris\":[\"http://evil.example\"]}")));

    assertThat(reply.string("error_description")).isEqualTo("redirect_uris is not acceptable here");
  }

  private static String seven(String member) {
    return "{\"" + member + "\":7}";
  }
}
