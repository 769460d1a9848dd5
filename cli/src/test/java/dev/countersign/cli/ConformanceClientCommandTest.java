package dev.countersign.cli;

import static dev.countersign.cli.SuiteRun.OPENID;
import static dev.countersign.cli.SuiteRun.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.cli.SuiteServer.Variant;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The modules of the OpenID Foundation's plan for clients in which the client comes to its end, and
 * what the command says. docs/conformance-client.md names the test of each module.
 */
class ConformanceClientCommandTest {
  @TempDir private Path folder;

  private SuiteRun client() {
    return SuiteRun.in(folder);
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.cli.SuiteServer$Variant#all")
  @Requirement({"SP-5.3.3.1-1", "SP-5.3.3.1-2", "SP-5.3.3.1-8", "SP-5.4.3-1"})
  void happyPath(Variant variant) {
    client().comesToItsEnd(variant, suite -> {});
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.cli.SuiteServer$Variant#all")
  @Requirement({"RAR-2-2", "RAR-12-1"})
  void happyPathWithDetails(Variant variant) throws IOException {
    Path details = folder.resolve("details.json");
    Files.writeString(
        details, "[{\"type\": \"account_information\", \"actions\": [\"list_accounts\"]}]");
    SuiteRun client = client();
    try (SuiteServer suite = client.suite(variant)) {
      suite.wantsDetails = true;
      Ran ran = client.run(suite, variant, "--authorization-details=" + details);

      assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
      assertThat(ran.out()).contains("with details of account_information");
    }
    try (SuiteServer suite = client.suite(variant)) {
      suite.wantsDetails = true;
      assertThat(client.run(suite, variant).exitCode()).isEqualTo(ExitCode.FAILED);
    }
  }

  @Test
  void refusesAFileThatHoldsNoDetails() throws IOException {
    Path details = folder.resolve("details.json");
    Files.writeString(details, "{\"type\": \"account_information\"}");
    SuiteRun client = client();
    try (SuiteServer suite = client.suite(OPENID)) {
      Ran ran = client.run(suite, OPENID, "--authorization-details=" + details);

      assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(ran.err()).contains("details.json is not a JSON array of authorization details");
      assertThat(suite.called()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.cli.SuiteServer$Variant#all")
  @Requirement("MT-9")
  void happyPathNoMtlsEndpointAliases(Variant variant) {
    client().comesToItsEnd(variant, SuiteServer::withoutAliases);
  }

  @Test
  void happyPathNoDpopNonce() {
    client().comesToItsEnd(OPENID, suite -> suite.wantsNonces = false);
  }

  @Test
  @Requirement("DP-13")
  void rsDpopAuthSchemeCaseInsensitivity() {
    client().comesToItsEnd(OPENID, suite -> suite.dpopScheme = "dPoP");
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.cli.SuiteServer$Variant#all")
  @Requirement("DP-7")
  void tokenTypeCaseInsensitivity(Variant variant) {
    client()
        .comesToItsEnd(
            variant,
            suite ->
                suite.tokenResponse.put("token_type", variant.mtlsBound() ? "bEarer" : "dpOp"));
  }

  @Test
  void tokenEndpointResponseWithoutExpiresIn() {
    client().comesToItsEnd(OPENID, suite -> suite.tokenResponse.put("expires_in", ""));
  }

  @Test
  @Requirement("OA-10")
  void validAudAsArray() {
    client().comesToItsEnd(OPENID, suite -> suite.idToken.put("aud", List.of("client-1")));
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.cli.SuiteServer$Variant#all")
  @Requirement("SP-5.3.3.1-6")
  void clientRefreshTokenTest(Variant variant) {
    client()
        .comesToItsEnd(
            variant,
            suite -> {
              suite.rotates = true;
              suite.refusesAccounts = 2;
            },
            "--refresh");
  }

  static Stream<Variant> ofClients() {
    return Variant.all().filter(variant -> !variant.openid());
  }

  @ParameterizedTest
  @MethodSource("ofClients")
  void clientCredentials(Variant variant) {
    client()
        .comesToItsEnd(variant, SuiteServer::forClientCredentials, "--grant=client_credentials");
    client()
        .comesToItsEnd(
            variant,
            suite -> {
              suite.forClientCredentials();
              suite.withoutAliases();
              suite.wantsNonces = false;
            },
            "--grant=client_credentials");
  }

  @Test
  void tellsARefusalFromAStop() {
    try (SuiteServer suite = client().suite(PLAIN)) {
      suite.authorizationResponse.put("code", "");
      suite.authorizationResponse.put("error", "access_denied");
      Ran ran = client().run(suite, PLAIN);
      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(ran.out()).contains("refused: the authorization server refused: access_denied");
    }
    try (SuiteServer suite = client().suite(PLAIN)) {
      suite.refusesAccounts = 1;
      Ran ran = client().run(suite, PLAIN);
      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(ran.out()).contains("refused: the resource answered 401");
    }
  }

  @Test
  void saysThatNobodyAnswersOrCanBeTrusted() {
    SuiteServer gone = client().suite(PLAIN);
    gone.close();
    assertThat(client().run(gone, PLAIN).exitCode()).isEqualTo(69);
    try (SuiteServer suite = client().suite(PLAIN)) {
      Ran ran = client().run(suite, PLAIN, "--ca=" + client().file("client.pem"));
      assertThat(ran.exitCode()).isEqualTo(69);
      assertThat(ran.out()).contains("unreachable: ");
      assertThat(suite.called()).isEmpty();
    }
  }

  @Test
  void tellsEachStepToPrograms() throws Exception {
    try (SuiteServer suite = client().suite(OPENID)) {
      List<String> steps = new ArrayList<>();
      for (String line : client().run(suite, OPENID, "--json").out().lines().toList()) {
        steps.add(JsonObject.parse(line).string("step").orElseThrow());
      }
      assertThat(steps)
          .containsExactly(
              "discovery", "push", "authorization", "tokens", "userinfo", "resource", "resource");
    }
    try (SuiteServer suite = client().suite(OPENID)) {
      suite.idToken.put("nonce", "another");
      Ran ran = client().run(suite, OPENID, "--json");
      JsonObject last = JsonObject.parse(ran.out().lines().toList().getLast());
      assertThat(last.string("result")).contains("stopped");
      assertThat(last.string("step")).contains("tokens");
      assertThat(last.string("rule")).contains("OA-10");
      assertThat(last.string("reason").orElseThrow()).contains("nonce");
    }
  }

  @Test
  void printsNoSecret() {
    try (SuiteServer suite = client().suite(OPENID)) {
      assertThat(client().run(suite, OPENID).out()).doesNotContain("token-", "refresh-1", "code-1");
    }
  }

  @Test
  void saysWhatTheCommandLineLacks() {
    try (SuiteServer suite = client().suite(PLAIN)) {
      for (String more :
          List.of(
              "--scope=openid accounts",
              "--scope=",
              "--key=" + client().file("client.pem"),
              "--key=" + client().file("none.json"),
              "--ca=" + client().file("key.json"),
              "--redirect-uri=http://client.example/")) {
        Ran ran = client().run(suite, PLAIN, more);
        assertThat(ran.exitCode()).as(more).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.out()).isEmpty();
      }
      Ran mtls =
          client().run(suite, PLAIN, "--auth=mtls", "--certificate=" + client().file("key.json"));
      assertThat(mtls.exitCode()).isEqualTo(2);
      Ran bare = Ran.command("conformance-client", "--issuer", suite.issuer.value());
      assertThat(bare.exitCode()).isEqualTo(2);
      assertThat(suite.called()).isEmpty();
    }
  }
}
