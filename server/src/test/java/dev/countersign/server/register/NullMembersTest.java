package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A member that is null says no more than one that is left out (RFC 7592 section 2.2). */
@Requirement({"DC-3", "DC-4"})
class NullMembersTest {
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

  private static JsonObject none(String member) {
    return json("{\"" + member + "\":null}");
  }

  /** What is the same of all who register the same. */
  private static JsonObject told(Reply registered) {
    JsonObject told = registered.json();
    for (String own :
        List.of(
            "client_id",
            "client_name",
            "client_id_issued_at",
            "registration_access_token",
            "registration_client_uri")) {
      told = told.without(own);
    }
    return told;
  }

  static Stream<String> mayBeLeftOut() {
    return Stream.concat(
        RegisteredPeer.MEMBERS.stream()
            .filter(member -> !member.equals("redirect_uris") && !member.equals("jwks")),
        Stream.of("x_unknown"));
  }

  @ParameterizedTest
  @MethodSource("mayBeLeftOut")
  void areAsIfLeftOut(String member) {
    JsonObject metadata = metadata(server.stranger());
    Reply silent = register(server, metadata.without(member));
    Reply reply = register(server, with(metadata, none(member)));

    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(told(reply)).isEqualTo(told(silent));
  }

  @Test
  void takeBackWhatWasRegistered() {
    String said =
        "{\"response_modes\":[\"jwt\"],\"require_signed_request_object\":true,"
            + "\"client_uri\":\"https://a.example\",\"software_id\":\"s-1\",\"scope\":\"openid\"}";
    JsonObject metadata = metadata(server.stranger());
    Reply registered = register(server, with(metadata, json(said)));
    assertThat(registered.status()).as(registered.text()).isEqualTo(201);

    JsonObject replacement =
        with(
            metadata.toBuilder().put("client_id", registered.string("client_id")).build(),
            json(
                "{\"response_modes\":null,\"require_signed_request_object\":null,"
                    + "\"client_uri\":null,\"software_id\":null,\"scope\":null}"));
    Reply replaced = manage(server, "PUT", registered, replacement.toJson());

    assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
    assertThat(told(replaced)).isEqualTo(told(register(server, metadata)));
    assertThat(manage(server, "GET", registered, "").json()).isEqualTo(replaced.json());
  }

  @ParameterizedTest
  @ValueSource(strings = {"redirect_uris", "jwks"})
  void giveNothingThatMustBeThere(String member) {
    Reply reply = register(server, with(metadata(server.stranger()), none(member)));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.string("error_description")).startsWith(member);
  }

  @Test
  void areNoneOfThoseThatOnlyTheServerSays() {
    JsonObject metadata = metadata(server.stranger());
    Reply registered = register(server, metadata);
    JsonObject sent =
        with(
            metadata.toBuilder().put("client_id", registered.string("client_id")).build(),
            json("{\"registration_access_token\":null,\"client_secret\":null}"));

    assertThat(manage(server, "PUT", registered, sent.toJson()).status()).isEqualTo(200);
    assertThat(manage(server, "GET", registered, "").status()).isEqualTo(200);
  }

  @Test
  void nameNoClientToReplace() {
    JsonObject metadata = metadata(server.stranger());
    Reply registered = register(server, metadata);
    String unnamed = with(metadata, none("client_id")).toJson();

    assertThat(manage(server, "PUT", registered, unnamed).outcome())
        .isEqualTo("400 invalid_client_metadata");
  }

  @Test
  void keepNobodyFromTheDemandsOfTheOperator(@TempDir Path other) {
    try (TestServer strict = RegisteredPeer.server(other, "profile: fapi2-message-signing")) {
      JsonObject metadata = metadata(strict.stranger());
      Reply reply =
          register(
              strict,
              with(
                  metadata,
                  json("{\"require_signed_request_object\":null,\"response_modes\":null}")));

      assertThat(reply.status()).as(reply.text()).isEqualTo(201);
      assertThat(told(reply)).isEqualTo(told(register(strict, metadata)));
    }
  }
}
