package dev.countersign.server.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tokens of operators are for. */
class OperatorTokensTest extends EndpointTest {
  private static final Params ASKED = Params.of("grant_type", "client_credentials");
  private static final Params FOR_OPERATORS = ASKED.and("scope", "countersign_operator");

  /** A type whose objects nobody shall read from a token. */
  private static final String TYPE =
      """
      {"type": "batch", "personal": [], "sensitive": true, "use": "many", "without_person": true,
       "schema": {"type": "object", "properties": {"type": {"const": "batch"}},
         "required": ["type"]},
       "consent": {"title": {"en": "Run batches"}, "rows": []}}
      """;

  @TempDir private static Path folder;

  /** The machine is an operator's here, and may do the same things as others beside. */
  @Override
  protected String configuration(String yaml) {
    Path file = folder.resolve("batch.json");
    try {
      Files.writeString(file, TYPE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ("grant_management: {enabled: true}\n" + yaml)
        .replaceFirst("document_signing\\]", "document_signing, " + file + "]")
        .replaceFirst(
            "(?s)(The Machine.*?)\\[account_information\\](.*?scope: accounts)",
            "$1[batch]$2 countersign_operator grant_management_query");
  }

  private Reply tokens(Params request) {
    Reply reply = server.machine().token(request);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply;
  }

  private static List<String> audience(Reply tokens) {
    try {
      JsonObject claims = RawJwt.claims(tokens.string("access_token"));
      // RFC 7519 section 4.1.3: one audience stands as a plain string.
      return claims.isString("aud")
          ? List.of(claims.string("aud").orElseThrow())
          : claims.strings("aud").orElseThrow();
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private String operator() {
    return server.url("/operator").toString();
  }

  private Reply grantsOfAnna(String token) {
    URI url = server.url("/operator/grants");
    return server.send(
        "GET",
        URI.create(url + "?user=anna"),
        List.of(
            Map.entry("Authorization", "DPoP " + token),
            Map.entry("DPoP", server.machine().proofFor(token, "GET", url))),
        new byte[0]);
  }

  @Test
  @Requirement({"AT-5", "GM-8.3"})
  void areForNothingElseIfNothingElseIsAskedFor() {
    assertThat(audience(tokens(FOR_OPERATORS))).containsExactly(operator());
    Reply byName = tokens(ASKED.and("resource", operator()));
    assertThat(byName.string("scope")).isEqualTo("countersign_operator");
    assertThat(audience(byName)).containsExactly(operator());
    assertThat(grantsOfAnna(byName.string("access_token")).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"AT-5"})
  void areForOthersThatAreAskedForBeside() {
    assertThat(audience(tokens(ASKED.and("scope", "accounts countersign_operator"))))
        .containsExactly(TestServer.API, operator());
    assertThat(audience(tokens(ASKED.and("scope", "grant_management_query countersign_operator"))))
        .containsExactly(operator(), server.url("/grants").toString());
    assertThat(audience(tokens(ASKED.and("scope", "accounts")))).containsExactly(TestServer.API);
    assertThat(audience(tokens(ASKED))).containsExactly(TestServer.API);
  }

  @Test
  @Requirement({"AT-5", "OA-11"})
  void areRefusedWhereScopeAndResourceDoNotFit() {
    Params named = ASKED.and("resource", operator());
    assertThat(server.machine().token(named.and("scope", "accounts")).outcome())
        .isEqualTo("400 invalid_scope");
    assertThat(server.machine().token(FOR_OPERATORS.and("resource", TestServer.API)).outcome())
        .isEqualTo("400 invalid_scope");
    assertThat(server.app().token(named).outcome()).isEqualTo("400 invalid_target");
  }

  @Test
  @Requirement({"RAR-9.1-1"})
  void haveDetailsOnlyForAnotherApi() {
    Params detailed = FOR_OPERATORS.and("authorization_details", "[{\"type\":\"batch\"}]");
    assertThat(server.machine().token(detailed).outcome())
        .isEqualTo("400 invalid_authorization_details");
    Params both = detailed.and("resource", operator()).and("resource", TestServer.API);
    String token = tokens(both).string("access_token");
    assertThat(token).doesNotContain(".");
    assertThat(server.api().introspect(token).text()).contains("batch");
    assertThat(grantsOfAnna(token).status()).isEqualTo(200);
  }
}
