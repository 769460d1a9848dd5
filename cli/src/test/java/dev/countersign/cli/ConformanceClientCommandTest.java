package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.cli.SuiteServer.Variant;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.TestTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The modules of the OpenID Foundation's plan for clients, each with a server that does what the
 * module's does. docs/conformance-client.md names the test of each module.
 */
class ConformanceClientCommandTest {
  private static final Variant OPENID = new Variant(false, false, true);
  private static final Variant PLAIN = new Variant(false, false, false);
  private static final TestTls CLIENT = TestTls.forHost("client.example");
  private static final SigningKey KEY =
      Jose.jdk().generate(SignatureAlgorithm.PS256, new SecureRandom());

  private static final String[] PUSHED = {"openid-configuration", "par"};
  private static final String[] AUTHORIZED = {"openid-configuration", "par", "authorize"};

  private static final Set<String> FLAGS = Set.of("--openid", "--no-openid", "--refresh", "--json");

  @TempDir private static Path folder;

  @BeforeEach
  void writeFiles() throws Exception {
    Files.writeString(folder.resolve("key.json"), KEY.toPrivateJwk().toJson());
    TestTls.LOCALHOST.write(folder);
    Files.writeString(
        folder.resolve("client.pem"),
        TestTls.pem("CERTIFICATE", CLIENT.certificate().getEncoded()));
    Files.writeString(
        folder.resolve("client-key.pem"), TestTls.pem("PRIVATE KEY", CLIENT.key().getEncoded()));
  }

  private static SuiteServer suite(Variant variant) {
    return new SuiteServer(variant, JwkSet.of(List.of(KEY.publicJwk())), CLIENT.certificate());
  }

  private static Ran run(SuiteServer suite, Variant variant, String... more) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--crypto", "jdk");
    options.put("--scope", "accounts");
    options.put("--issuer", suite.issuer.value());
    options.put("--client-id", "client-1");
    options.put("--auth", variant.mtlsAuth() ? "mtls" : "private_key_jwt");
    options.put("--constrain", variant.mtlsBound() ? "mtls" : "dpop");
    options.put(variant.openid() ? "--openid" : "--no-openid", "");
    options.put("--key", file("key.json"));
    options.put("--ca", file("server.pem"));
    options.put("--certificate", file("client.pem"));
    options.put("--certificate-key", file("client-key.pem"));
    options.put("--redirect-uri", "https://client.example/callback?dummy=lorem");
    options.put("--resource", suite.accountsEndpoint().toString());
    for (String option : more) {
      String[] parts = option.split("=", 2);
      options.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    Stream<String> args =
        options.entrySet().stream()
            .map(
                option ->
                    option.getKey()
                        + (FLAGS.contains(option.getKey()) ? "" : "=")
                        + option.getValue());
    return Ran.command(Stream.concat(Stream.of("conformance-client"), args).toArray(String[]::new));
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  private static void comesToItsEnd(Variant variant, Consumer<SuiteServer> module, String... more) {
    try (SuiteServer suite = suite(variant)) {
      module.accept(suite);
      Ran ran = run(suite, variant, more);
      assertThat(ran.exitCode()).as(variant + "\n" + ran.out() + ran.err()).isZero();
      assertThat(ran.out().lines().toList()).last().isEqualTo("success");
      assertThat(suite.called()).contains("accounts");
    }
  }

  /** It stops for this rule, with nothing called after what deceived it. */
  private static void stops(
      Variant variant, Consumer<SuiteServer> module, String rule, String... called) {
    try (SuiteServer suite = suite(variant)) {
      module.accept(suite);
      Ran ran = run(suite, variant);
      assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(3);
      assertThat(ran.out().lines().toList())
          .last()
          .asString()
          .startsWith("stopped: ")
          .contains(rule);
      assertThat(suite.called()).doesNotContain("accounts", "userinfo");
      assertThat(suite.called().stream().filter(path -> !path.equals("jwks")).distinct())
          .containsExactlyInAnyOrder(called);
    }
  }

  private static void stopsAtTheIdToken(Consumer<SuiteServer> module) {
    stops(OPENID, module, "(OA-10)", "openid-configuration", "par", "authorize", "token");
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.cli.SuiteServer$Variant#all")
  @Requirement({"SP-5.3.3.1-1", "SP-5.3.3.1-2", "SP-5.3.3.1-8", "SP-5.4.3-1"})
  void happyPath(Variant variant) {
    comesToItsEnd(variant, suite -> {});
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.cli.SuiteServer$Variant#all")
  @Requirement("MT-9")
  void happyPathNoMtlsEndpointAliases(Variant variant) {
    comesToItsEnd(variant, SuiteServer::withoutAliases);
  }

  @Test
  void happyPathNoDpopNonce() {
    comesToItsEnd(OPENID, suite -> suite.wantsNonces = false);
  }

  @Test
  @Requirement("DP-13")
  void rsDpopAuthSchemeCaseInsensitivity() {
    comesToItsEnd(OPENID, suite -> suite.dpopScheme = "dPoP");
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.cli.SuiteServer$Variant#all")
  @Requirement("DP-7")
  void tokenTypeCaseInsensitivity(Variant variant) {
    comesToItsEnd(
        variant,
        suite -> suite.tokenResponse.put("token_type", variant.mtlsBound() ? "bEarer" : "dpOp"));
  }

  @Test
  void tokenEndpointResponseWithoutExpiresIn() {
    comesToItsEnd(OPENID, suite -> suite.tokenResponse.put("expires_in", ""));
  }

  @Test
  @Requirement("OA-10")
  void validAudAsArray() {
    comesToItsEnd(OPENID, suite -> suite.idToken.put("aud", List.of("client-1")));
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.cli.SuiteServer$Variant#all")
  @Requirement("SP-5.3.3.1-6")
  void clientRefreshTokenTest(Variant variant) {
    comesToItsEnd(
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
    comesToItsEnd(variant, SuiteServer::forClientCredentials, "--grant=client_credentials");
    comesToItsEnd(
        variant,
        suite -> {
          suite.forClientCredentials();
          suite.withoutAliases();
          suite.wantsNonces = false;
        },
        "--grant=client_credentials");
  }

  @Test
  @Requirement("SP-5.3.3.1-11")
  void discoveryIssuerMismatch() {
    stops(
        PLAIN,
        suite -> suite.metadata.put("issuer", suite.issuer.value() + "invalid"),
        "SP-5.3.3.1-11",
        "openid-configuration");
  }

  @Test
  @Requirement({"SP-5.3.3.2-5", "OA-8"})
  void invalidAuthorizationResponseIss() {
    stops(
        PLAIN,
        suite -> suite.authorizationResponse.put("iss", suite.issuer.value() + "invalid"),
        "(SP-5.3.3.2-5)",
        AUTHORIZED);
  }

  @Test
  @Requirement({"SP-5.3.3.2-5", "OA-8"})
  void removeAuthorizationResponseIss() {
    stops(PLAIN, suite -> suite.authorizationResponse.put("iss", ""), "(OA-8)", AUTHORIZED);
  }

  @Test
  @Requirement("SP-5.3.3.2-4")
  void ensureAuthorizationResponseWithInvalidStateFails() {
    stops(
        PLAIN,
        suite -> suite.authorizationResponse.put("state", "another"),
        "(SP-5.3.3.2-4)",
        AUTHORIZED);
  }

  @Test
  @Requirement("BCP-2.1-2")
  void ensureAuthorizationResponseWithInvalidMissingStateFails() {
    stops(PLAIN, suite -> suite.authorizationResponse.put("state", ""), "(BCP-2.1-2)", AUTHORIZED);
  }

  @Test
  void invalidIss() {
    stopsAtTheIdToken(suite -> suite.idToken.put("iss", suite.issuer.value() + "1"));
  }

  @Test
  void invalidMissingIss() {
    stopsAtTheIdToken(suite -> suite.idToken.put("iss", ""));
  }

  @Test
  void invalidAud() {
    stopsAtTheIdToken(suite -> suite.idToken.put("aud", "client-11"));
  }

  @Test
  void invalidMissingAud() {
    stopsAtTheIdToken(suite -> suite.idToken.put("aud", ""));
  }

  @Test
  void invalidSecondaryAud() {
    stopsAtTheIdToken(suite -> suite.idToken.put("aud", List.of("client-1", "another")));
  }

  @Test
  void invalidExpiredExp() {
    long past = Instant.now().getEpochSecond() - 300;
    stopsAtTheIdToken(
        suite -> {
          suite.idToken.put("iat", past - 300);
          suite.idToken.put("exp", past);
        });
  }

  @Test
  void invalidMissingExp() {
    stopsAtTheIdToken(suite -> suite.idToken.put("exp", ""));
  }

  @Test
  void invalidNonce() {
    stopsAtTheIdToken(suite -> suite.idToken.put("nonce", "another"));
  }

  @Test
  void invalidMissingNonce() {
    stopsAtTheIdToken(suite -> suite.idToken.put("nonce", ""));
  }

  @Test
  @Requirement("SP-5.4.1-1.3")
  void invalidNullAlg() {
    stops(
        OPENID,
        suite -> suite.resigned = jws -> SuiteServer.withHeader(jws, "{\"alg\":\"none\"}"),
        "(SP-5.4.1-1.",
        "openid-configuration",
        "par",
        "authorize",
        "token");
  }

  @Test
  @Requirement("SP-5.4.1-1.2")
  void invalidAlternateAlg() {
    stops(
        OPENID,
        suite ->
            suite.resigned =
                jws -> SuiteServer.withHeader(jws, "{\"alg\":\"RS256\"}") + "c2lnbmF0dXJl",
        "(SP-5.4.1-1.",
        "openid-configuration",
        "par",
        "authorize",
        "token");
  }

  @Test
  @Requirement({"DP-7", "MT-5"})
  void stopsAtATokenOfAnotherType() {
    String[] called = {"openid-configuration", "par", "authorize", "token"};
    stops(PLAIN, suite -> suite.tokenResponse.put("token_type", "Bearer"), "(DP-7)", called);
    stops(
        new Variant(true, true, false),
        suite -> suite.tokenResponse.put("token_type", "DPoP"),
        "(MT-5)",
        called);
  }

  @Test
  @Requirement("OA-12")
  void stopsAtUserinfoAboutSomebodyElse() {
    try (SuiteServer suite = suite(OPENID)) {
      suite.aboutSomebodyElse = true;
      Ran ran = run(suite, OPENID);
      assertThat(ran.exitCode()).isEqualTo(3);
      assertThat(ran.out()).contains("stopped: userinfo is about another person (OA-12)");
      assertThat(suite.called()).doesNotContain("accounts");
    }
  }

  @Test
  void stopsAtAPushedRequestThatIsAnsweredWrongly() {
    try (SuiteServer suite = suite(PLAIN)) {
      suite.plain.on(
          SuiteServer.PAR,
          r -> dev.countersign.testkit.ScriptedServer.Reply.text(201, "{\"request_uri\":\"\"}"));
      Ran ran = run(suite, PLAIN);
      assertThat(ran.exitCode()).isEqualTo(3);
      assertThat(ran.out()).contains("(PAR-5)");
      assertThat(suite.called().stream().distinct()).containsExactly(PUSHED);
    }
  }

  @Test
  void tellsARefusalFromAStop() {
    try (SuiteServer suite = suite(PLAIN)) {
      suite.authorizationResponse.put("code", "");
      suite.authorizationResponse.put("error", "access_denied");
      Ran ran = run(suite, PLAIN);
      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(ran.out()).contains("refused: the authorization server refused: access_denied");
    }
    try (SuiteServer suite = suite(PLAIN)) {
      suite.refusesAccounts = 1;
      Ran ran = run(suite, PLAIN);
      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(ran.out()).contains("refused: the resource answered 401");
    }
  }

  @Test
  void saysThatNobodyAnswersOrCanBeTrusted() {
    SuiteServer gone = suite(PLAIN);
    gone.close();
    assertThat(run(gone, PLAIN).exitCode()).isEqualTo(69);
    try (SuiteServer suite = suite(PLAIN)) {
      Ran ran = run(suite, PLAIN, "--ca=" + file("client.pem"));
      assertThat(ran.exitCode()).isEqualTo(69);
      assertThat(ran.out()).contains("unreachable: ");
      assertThat(suite.called()).isEmpty();
    }
  }

  @Test
  void tellsEachStepToPrograms() throws Exception {
    try (SuiteServer suite = suite(OPENID)) {
      List<String> steps = new ArrayList<>();
      for (String line : run(suite, OPENID, "--json").out().lines().toList()) {
        steps.add(JsonObject.parse(line).string("step").orElseThrow());
      }
      assertThat(steps)
          .containsExactly(
              "discovery", "push", "authorization", "tokens", "userinfo", "resource", "resource");
    }
    try (SuiteServer suite = suite(OPENID)) {
      suite.idToken.put("nonce", "another");
      Ran ran = run(suite, OPENID, "--json");
      JsonObject last = JsonObject.parse(ran.out().lines().toList().getLast());
      assertThat(last.string("result")).contains("stopped");
      assertThat(last.string("step")).contains("tokens");
      assertThat(last.string("rule")).contains("OA-10");
      assertThat(last.string("reason").orElseThrow()).contains("nonce");
    }
  }

  @Test
  void printsNoSecret() {
    try (SuiteServer suite = suite(OPENID)) {
      assertThat(run(suite, OPENID).out()).doesNotContain("token-", "refresh-1", "code-1");
    }
  }

  @Test
  void saysWhatTheCommandLineLacks() {
    try (SuiteServer suite = suite(PLAIN)) {
      for (String more :
          List.of(
              "--scope=openid accounts",
              "--scope=",
              "--key=" + file("client.pem"),
              "--key=" + file("none.json"),
              "--ca=" + file("key.json"),
              "--redirect-uri=http://client.example/")) {
        Ran ran = run(suite, PLAIN, more);
        assertThat(ran.exitCode()).as(more).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.out()).isEmpty();
      }
      Ran mtls = run(suite, PLAIN, "--auth=mtls", "--certificate=" + file("key.json"));
      assertThat(mtls.exitCode()).isEqualTo(2);
      Ran bare = Ran.command("conformance-client", "--issuer", suite.issuer.value());
      assertThat(bare.exitCode()).isEqualTo(2);
      assertThat(suite.called()).isEmpty();
    }
  }
}
