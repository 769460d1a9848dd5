package dev.countersign.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client that nobody here wrote, {@code oauth4webapi} on Node.js, at our server and our resource
 * library in every variant with OpenID Connect: what our own client does not see because it errs
 * alike, this one does.
 */
class NodeClientTest {
  @TempDir private Path folder;

  @BeforeAll
  static void install() throws IOException {
    NodeProject.install();
  }

  static Stream<Variant> withOpenId() {
    return Variant.all().filter(Variant::openid);
  }

  static Stream<Variant> withKeysAndOpenId() {
    return withOpenId().filter(variant -> !variant.showsCertificate());
  }

  /** Clients of which every message must be signed, and how their answers come back. */
  static Stream<Arguments> withSignedMessages() {
    Variant keys = new Variant(Variant.Authentication.PRIVATE_KEY_JWT, false, true);
    Variant certificates = new Variant(Variant.Authentication.TLS_CLIENT_AUTH, true, true);
    return Stream.of(
        Arguments.of(keys, ResponseMode.JWT),
        Arguments.of(keys, ResponseMode.FORM_POST_JWT),
        Arguments.of(certificates, ResponseMode.FRAGMENT_JWT));
  }

  private static JsonObject settings(VariantWorld here) {
    World world = here.world();
    Variant variant = here.variant();
    JsonObject.Builder settings =
        JsonObject.builder()
            .put("issuer", world.issuer().value())
            .put("clientId", world.app().id().value())
            .put("redirectUri", world.app().redirectUri().value())
            .put("scope", variant.scope())
            .put("api", world.accounts().toString())
            .put("ca", pem(world.tls().certificate()))
            .put("certificateBinds", variant.certificateBinds())
            .put(
                "authenticatesByKey",
                variant.authentication() == Variant.Authentication.PRIVATE_KEY_JWT)
            .put("signingKid", VariantWorld.SIGNER_KID)
            .put(
                "signingKey",
                Base64.getEncoder().encodeToString(VariantWorld.SIGNER.key().getEncoded()));
    if (variant.showsCertificate()) {
      settings
          .put("certificate", pem(VariantWorld.MINE.certificate()))
          .put("certificateKey", TestTls.pem("PRIVATE KEY", VariantWorld.MINE.key().getEncoded()));
    }
    return settings.build();
  }

  private static String pem(X509Certificate certificate) {
    try {
      return TestTls.pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("withOpenId")
  @Requirement({
    "SP-5.3.2.1-4",
    "SP-5.3.2.1-6",
    "SP-5.3.2.2-3",
    "SP-5.3.4-3",
    "SP-5.3.4-4",
    "SP-5.3.4-5"
  })
  void goesTheWholeWay(Variant variant) throws Exception {
    try (VariantWorld here = new VariantWorld(folder, variant)) {
      JsonObject seen = wholeWay(here, settings(here));

      assertThat(seen.string("clientId")).contains(here.world().app().id().value());
    }
  }

  @ParameterizedTest
  @MethodSource("withKeysAndOpenId")
  @Requirement({"DC-1", "DC-3"})
  void registersItselfAndGoesTheWholeWay(Variant variant) throws Exception {
    Registrant.Initial initial = Registrant.Initial.byTheCommand();
    try (VariantWorld here = new VariantWorld(folder, variant)) {
      here.restart(RegistrationJourneyTest.letsRegister(initial));
      JsonObject metadata =
          JsonObject.builder()
              .put("client_name", "Budget on Node.js")
              .put("redirect_uris", List.of(here.world().app().redirectUri().value()))
              .put(
                  "grant_types",
                  List.of("authorization_code", "refresh_token", "client_credentials"))
              .put("scope", variant.scope())
              .put("jwks", here.keys())
              .build();
      JsonObject registration =
          JsonObject.builder().put("token", initial.token()).put("metadata", metadata).build();

      JsonObject seen =
          wholeWay(here, settings(here).toBuilder().put("registration", registration).build());

      assertThat(seen.string("clientId").orElseThrow()).hasSize(43);
    }
  }

  @ParameterizedTest
  @MethodSource("withSignedMessages")
  @Requirement({
    "MS-5.3.1-1",
    "MS-5.4.1-1",
    "JAR-1",
    "JAR-4",
    "JARM-1",
    "JARM-2",
    "JARM-3",
    "JARM-4"
  })
  void goesTheWholeWayWithSignedRequestsAndResponses(Variant variant, ResponseMode mode)
      throws Exception {
    try (VariantWorld here = signing(variant)) {
      JsonObject seen = wholeWay(here, signed(here, mode), url -> allowed(here.world(), mode, url));

      JsonObject refused = seen.object("objectForAnother").orElseThrow();
      assertThat(refused.integer("status")).contains(400L);
      assertThat(refused.string("error")).contains("invalid_request_object");
    }
  }

  @ParameterizedTest
  @MethodSource("withSignedMessages")
  @Requirement({"MS-5.4.1-1", "JARM-1"})
  void believesASignedRefusal(Variant variant, ResponseMode mode) throws Exception {
    try (VariantWorld here = signing(variant)) {
      JsonObject seen =
          NodeProject.flow(folder, signed(here, mode), url -> denied(here.world(), mode, url));

      assertThat(seen.string("refused")).contains("access_denied");
      assertThat(seen.string("tokenType")).isEmpty();
    }
  }

  private VariantWorld signing(Variant variant) {
    return new VariantWorld(folder, variant, List.of("profile: fapi2-message-signing"));
  }

  private static JsonObject signed(VariantWorld here, ResponseMode mode) {
    return settings(here).toBuilder().put("signedResponseMode", mode.value()).build();
  }

  /** Allows what is asked; the answer, as a query of the client's URI if it is posted. */
  private static URI allowed(World world, ResponseMode mode, URI url) {
    URI to = world.app().redirectUri().uri();
    try (Person person = new Person(world.tls().trust(), world.wire(), World.USERNAME)) {
      return mode == ResponseMode.FORM_POST_JWT
          ? URI.create(to + "?" + person.agreeToPost(url, world.password(), to))
          : person.agree(url, world.password());
    }
  }

  /** Does not allow what is asked; the answer as above. */
  private static URI denied(World world, ResponseMode mode, URI url) {
    URI to = world.app().redirectUri().uri();
    try (Person person = new Person(world.tls().trust(), world.wire(), World.USERNAME)) {
      return mode == ResponseMode.FORM_POST_JWT
          ? URI.create(to + "?" + person.denyToPost(url, world.password(), to))
          : person.deny(url, world.password());
    }
  }

  /** The way of a client that has all grants; what it saw. */
  private JsonObject wholeWay(VariantWorld here, JsonObject settings) throws Exception {
    World world = here.world();
    return wholeWay(here, settings, url -> world.agreed(url, world.password()));
  }

  private JsonObject wholeWay(VariantWorld here, JsonObject settings, UnaryOperator<URI> person)
      throws Exception {
    World world = here.world();
    boolean binds = here.variant().certificateBinds();
    JsonObject seen = NodeProject.flow(folder, settings, person);

    assertThat(seen.string("tokenType")).contains(binds ? "bearer" : "dpop");
    JsonObject idToken = seen.object("idToken").orElseThrow();
    assertThat(idToken.string("sub")).contains(World.SUBJECT);
    assertThat(idToken.string("iss")).contains(world.issuer().value());
    JsonObject userinfo = seen.object("userinfo").orElseThrow();
    assertThat(userinfo.string("sub")).contains(World.SUBJECT);
    assertThat(userinfo.string("name")).contains("Anna Sund");
    assertThat(seen.integer("nonceErrors").orElseThrow() > 0).isEqualTo(!binds);

    served(seen, "api", World.SUBJECT);
    refused(seen, "apiWithoutProofAndCertificate");
    assertThat(seen.bool("isAnotherToken")).contains(true);
    served(seen, "apiAfterRefresh", World.SUBJECT);
    served(seen, "apiOfTheClient", seen.string("clientId").orElseThrow());
    assertThat(seen.bool("ownHasRefreshToken")).contains(false);
    refused(seen, "apiAfterRevocation");
    return seen;
  }

  private static void served(JsonObject seen, String call, String owner)
      throws MalformedJsonException {
    JsonObject answer = seen.object(call).orElseThrow();
    assertThat(answer.integer("status")).as(call).contains(200L);
    assertThat(answer.object("body").orElseThrow().string("owner")).as(call).contains(owner);
  }

  private static void refused(JsonObject seen, String call) throws MalformedJsonException {
    JsonObject answer = seen.object(call).orElseThrow();
    assertThat(answer.integer("status")).as(call).contains(401L);
    assertThat(answer.string("error")).as(call).contains("invalid_token");
  }

  @Test
  void wantsANodeThatTheLibrariesSupport() {
    assertThat(NodeProject.isRecent("v20.20.2\n")).isTrue();
    assertThat(NodeProject.isRecent("v103.0.0")).isTrue();
    assertThat(NodeProject.isRecent("v18.19.1\n")).isFalse();
    assertThat(NodeProject.isRecent("")).isFalse();
  }
}
