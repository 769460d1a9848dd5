package dev.countersign.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.cli.conformance.Variant;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The folders for the conformance suite. */
class ConformanceCommandTest {
  @TempDir private static Path folder;

  private static SuiteFolders written;

  @BeforeAll
  static void write() throws IOException {
    written = SuiteFolders.in(folder.resolve("out"));
  }

  static List<Variant> variants() {
    return Variant.all();
  }

  @Test
  void knowsSixteenVariantsWithAPersonEachSignedInFourWaysAndFourWithout() {
    assertThat(Variant.all().stream().map(Variant::name))
        .hasSize(4 * 16 + 4)
        .doesNotHaveDuplicates()
        .contains(
            "private_key_jwt-dpop-plain_oauth",
            "private_key_jwt-dpop-plain_oauth-rar",
            "private_key_jwt-dpop-plain_oauth-signed",
            "private_key_jwt-mtls-openid_connect-jarm",
            "mtls-mtls-openid_connect-rar-signed-jarm",
            "mtls-mtls-client_credentials")
        .doesNotContain("mtls-mtls-client_credentials-rar", "mtls-mtls-client_credentials-signed");
  }

  @ParameterizedTest
  @MethodSource("variants")
  void configuresTheServerWithBothClientsAndARedirectUriWithAQuery(Variant variant)
      throws Exception {
    Config config = ConfigFile.read(written.config(variant));

    assertThat(config.issuer().value()).isEqualTo("https://localhost:" + written.port());
    assertThat(config.clients()).hasSize(2);
    assertThat(config.users()).hasSize(1);
    if (variant.flow() != Variant.Flow.CLIENT_CREDENTIALS) {
      assertThat(config.clients())
          .allSatisfy(
              client ->
                  assertThat(client.redirectUris())
                      .map(uri -> uri.value())
                      .containsExactly(
                          SuiteFolders.CALLBACK,
                          SuiteFolders.CALLBACK + "?dummy1=lorem&dummy2=ipsum"));
    }
    TreeSet<String> opened = new TreeSet<>();
    config.scopes().forEach(scope -> opened.addAll(scope.claims()));
    assertThat(config.users().getFirst().claims().names()).containsAll(opened);
    assertThat(config.clients())
        .allSatisfy(
            client -> {
              assertThat(client.messageSigning().requests())
                  .isEqualTo(variant.signing().ofRequests());
              assertThat(client.messageSigning().responses())
                  .isEqualTo(variant.signing().ofResponses());
            });
  }

  @ParameterizedTest
  @MethodSource("variants")
  void tellsTheSuiteAllThatItAsksFor(Variant variant) throws Exception {
    JsonNode plan = written.plan(variant);

    boolean person = variant.flow() != Variant.Flow.CLIENT_CREDENTIALS;
    boolean certificates = variant.name().contains("mtls");
    assertThat(plan.propertyNames())
        .containsExactlyElementsOf(
            Stream.of(
                    List.of("alias", "description", "server", "client", "client2"),
                    certificates ? List.of("mtls", "mtls2") : List.<String>of(),
                    List.of("resource"),
                    person ? List.of("browser", "override") : List.<String>of())
                .flatMap(List::stream)
                .toList());
    String metadata =
        variant.flow() == Variant.Flow.OPENID_CONNECT
            ? "openid-configuration"
            : "oauth-authorization-server";
    assertThat(plan.at("/server/discoveryUrl").stringValue())
        .isEqualTo("https://localhost:" + written.port() + "/.well-known/" + metadata);
    assertThat(plan.at("/resource/resourceUrl").stringValue())
        .isEqualTo("https://localhost:" + (written.port() + 2) + "/accounts");
    assertThat(plan.get("resource").has("richAuthorizationRequest"))
        .isEqualTo(variant.hasDetails());
    if (variant.hasDetails()) {
      assertThat(plan.at("/resource/richAuthorizationRequest/0/type").stringValue())
          .isEqualTo("account_information");
    }
    for (String client : List.of("client", "client2")) {
      assertThat(plan.at("/" + client + "/scope").stringValue().contains("openid"))
          .isEqualTo(variant.flow() == Variant.Flow.OPENID_CONNECT);
      JsonNode key = plan.at("/" + client + "/jwks/keys/0");
      assertThat(key.propertyNames()).contains("kid", "alg", "use", "d");
      SigningKey.fromPrivateJwk(JsonObject.parse(key.toString()));
    }
    if (certificates) {
      for (String name : List.of("mtls", "mtls2")) {
        assertThat(plan.at("/" + name + "/key").stringValue()).contains("BEGIN PRIVATE KEY");
        X509Certificate certificate =
            SuiteFolders.certificate(
                plan.at("/" + name + "/cert").stringValue().getBytes(US_ASCII));
        certificate.checkValidity();
      }
      assertThat(plan.at("/mtls/ca").stringValue()).contains("BEGIN CERTIFICATE");
    }
  }

  @Test
  void choosesThePlanWithTheParametersOfTheVariant() throws Exception {
    Variant variant =
        new Variant(
            Variant.Authentication.MTLS,
            Variant.Constraint.DPOP,
            Variant.Flow.CLIENT_CREDENTIALS,
            Variant.Request.SIMPLE,
            Variant.Signing.NONE);

    assertThat(SuiteFolders.json(written.server(variant).resolve("parameters.json")).toString())
        .isEqualTo(
            "{\"client_auth_type\":\"mtls\",\"sender_constrain\":\"dpop\","
                + "\"fapi_profile\":\"fapi_client_credentials_grant\",\"openid\":\"plain_oauth\","
                + "\"authorization_request_type\":\"simple\"}");
    assertThat(Files.readString(written.out().resolve("README.md")))
        .contains(
            "fapi2-security-profile-final-test-plan[client_auth_type=private_key_jwt]"
                + "[sender_constrain=dpop][fapi_profile=plain_fapi][openid=openid_connect]"
                + "[authorization_request_type=simple]`",
            "[openid=openid_connect][authorization_request_type=rar]`",
            "[fapi_client_type=oidc][authorization_request_type=rar]`",
            "fapi2-security-profile-final-client-test-plan[client_auth_type=mtls]"
                + "[sender_constrain=mtls][fapi_profile=plain_fapi][fapi_client_type=oidc]",
            "export CONFORMANCE_SERVER=" + SuiteFolders.SUITE + "/ ");
  }

  @Test
  void choosesThePlanOfMessageSigningWhereSomethingIsSigned() throws Exception {
    Variant variant =
        new Variant(
            Variant.Authentication.PRIVATE_KEY_JWT,
            Variant.Constraint.MTLS,
            Variant.Flow.OPENID_CONNECT,
            Variant.Request.SIMPLE,
            Variant.Signing.RESPONSES);

    assertThat(SuiteFolders.json(written.server(variant).resolve("parameters.json")).toString())
        .isEqualTo(
            "{\"client_auth_type\":\"private_key_jwt\",\"sender_constrain\":\"mtls\","
                + "\"fapi_profile\":\"plain_fapi\",\"fapi_request_method\":\"unsigned\","
                + "\"fapi_response_mode\":\"jarm\",\"openid\":\"openid_connect\","
                + "\"authorization_request_type\":\"simple\"}");
    assertThat(
            SuiteFolders.json(written.client(variant).resolve("run.json"))
                .get("plan")
                .stringValue())
        .isEqualTo("fapi2-message-signing-final-client-test-plan");
    assertThat(Files.readString(written.out().resolve("README.md")))
        .contains(
            "fapi2-message-signing-final-test-plan[client_auth_type=mtls][sender_constrain=dpop]"
                + "[fapi_profile=plain_fapi][fapi_request_method=signed_non_repudiation]"
                + "[fapi_response_mode=plain_response][openid=plain_oauth]"
                + "[authorization_request_type=rar]`",
            "[fapi_request_method=signed_non_repudiation][fapi_response_mode=jarm]"
                + "[fapi_client_type=oidc][authorization_request_type=simple]`");
  }

  @ParameterizedTest
  @MethodSource("variants")
  void givesTheClientItsKeysAndTheSuiteTheirPublicHalves(Variant variant) throws Exception {
    Path client = written.client(variant);
    JsonNode plan = SuiteFolders.json(client.resolve("plan.json"));
    JsonNode own = SuiteFolders.json(client.resolve("client.private.jwk.json"));

    assertThat(plan.at("/client/jwks/keys/0/kid")).isEqualTo(own.get("kid"));
    assertThat(plan.at("/client/jwks/keys/0").has("d")).isFalse();
    assertThat(plan.at("/client2/jwks/keys/0").has("d")).isFalse();
    assertThat(Files.exists(client.resolve("authorization-details.json")))
        .isEqualTo(variant.hasDetails())
        .isEqualTo(plan.at("/resource").has("authorization_details_types_supported"));
    assertThat(Files.exists(client.resolve("client.pem")))
        .isEqualTo(variant.name().contains("mtls"))
        .isEqualTo(plan.at("/client").has("certificate"));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void startsTheClientWithArgumentsThatItTakes(Variant variant) throws Exception {
    Path client = written.client(variant);
    List<String> arguments = new ArrayList<>(List.of("conformance-client"));
    // As if started in that folder.
    for (String argument : Files.readAllLines(client.resolve("arguments"))) {
      arguments.add(
          argument.replaceFirst(
              "^(--(?:key|certificate|certificate-key|authorization-details)=)",
              "$1" + client + "/"));
    }
    Ran ran = Ran.command(arguments.toArray(String[]::new));

    // Everything but the suite is there.
    assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(arguments)
        .contains(
            "--issuer=" + SuiteFolders.SUITE + "/test/a/cs-test/",
            variant.constraint() == Variant.Constraint.MTLS
                ? "--resource=https://127.0.0.1:2/test-mtls/a/cs-test/open-banking/v1.1/accounts"
                : "--resource=https://127.0.0.1:1/test/a/cs-test/open-banking/v1.1/accounts");
  }

  @Test
  void letsNobodyElseReadWhatIsSecret() throws IOException {
    try (Stream<Path> files = Files.walk(written.out())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file);
        boolean secret =
            text.contains("PRIVATE KEY") || text.contains("\"d\"") || text.contains("$argon2id$");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo(secret ? "rw-------" : "rw-r--r--");
      }
    }
  }

  @Test
  void makesOtherKeysEachTime(@TempDir Path other) throws IOException {
    Variant variant = Variant.all().getFirst();

    assertThat(SuiteFolders.in(other.resolve("again")).plan(variant).get("client"))
        .isNotEqualTo(written.plan(variant).get("client"));
  }

  @Test
  void overwritesNothing() throws IOException {
    Path readme = written.out().resolve("README.md");
    String before = Files.readString(readme);
    Ran ran = Ran.command("conformance", "--out", written.out().toString());

    assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains(readme + " is there already").doesNotContain("Exception");
    assertThat(Files.readString(readme)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--suite=http://suite.example.com",
        "--suite=https://suite.example.com/?a",
        "--suite=https://user:password@suite.example.com",
        "--suite=https://suite.example.com/path",
        "--suite=https://suite.example.com:65535",
        "--alias=a/b",
        "--alias=",
        "--host=a b",
        "--host=user@host",
        "--host=::1",
        "--port=65534",
        "--port=0"
      })
  void refusesWhatCannotBe(String argument, @TempDir Path other) {
    Path out = other.resolve("out");
    Ran ran = Ran.command("conformance", "--out=" + out, argument);

    assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).isNotBlank().doesNotContain("Exception");
    assertThat(out).doesNotExist();
  }

  @Test
  void takesAnAddressAsTheHost(@TempDir Path other) throws IOException {
    Path out = other.resolve("out");
    Ran ran = Ran.command("conformance", "--out=" + out, "--host=[2001:db8::1]");

    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
    assertThat(Files.readString(out.resolve("server/mtls-mtls-plain_oauth/countersign.yaml")))
        .contains("issuer: https://[2001:db8::1]:9443\n");
  }

  @Test
  void wantsOneTask() {
    assertThat(Ran.command("conformance").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(Ran.command("conformance", "--serve=x", "--out=y").exitCode())
        .isEqualTo(ExitCode.USAGE);
    Ran missing = Ran.command("conformance", "--serve", written.out().resolve("no").toString());
    assertThat(missing.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(missing.err()).contains("No file countersign.yaml in", "below OUT/server");
  }
}
