package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.cli.conformance.Variant;
import dev.countersign.client.BrowserSession;
import dev.countersign.client.ClientAuthentication;
import dev.countersign.client.ClientCertificate;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FapiClientBuilder;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.Tokens;
import dev.countersign.client.Transaction;
import dev.countersign.client.TransactionStore;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.State;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.config.ConfigFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What the suite does with a folder: with the keys, addresses and browser steps of its plan. */
@Timeout(120)
class ConformanceJourneyTest {
  private static final String USER_REJECTS =
      "fapi2-security-profile-final-user-rejects-authentication";
  private static final String LOOK_FIRST =
      "fapi2-security-profile-final-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds";

  private static final List<Function<Variant, Object>> PARTS =
      List.of(
          Variant::authentication,
          Variant::constraint,
          Variant::flow,
          Variant::request,
          Variant::signing);

  @TempDir private static Path folder;

  private static SuiteFolders written;

  private final BrowserSession session = BrowserSession.random(new SecureRandom());

  @BeforeAll
  static void write() throws IOException {
    written = SuiteFolders.in(folder.resolve("out"));
  }

  static List<Variant> withAPerson() {
    return Variant.all().stream()
        .filter(variant -> variant.flow() != Variant.Flow.CLIENT_CREDENTIALS)
        .toList();
  }

  /** Those that are as usual but for one thing. */
  static List<Variant> nearTheUsual() {
    return withAPerson().stream().filter(variant -> differences(variant) <= 1).toList();
  }

  private static long differences(Variant variant) {
    return PARTS.stream().filter(part -> !part.apply(variant).equals(part.apply(usual()))).count();
  }

  static List<Variant> withoutAPerson() {
    return Variant.all().stream()
        .filter(variant -> variant.flow() == Variant.Flow.CLIENT_CREDENTIALS)
        .toList();
  }

  private static Variant usual() {
    return new Variant(
        Variant.Authentication.PRIVATE_KEY_JWT,
        Variant.Constraint.DPOP,
        Variant.Flow.OPENID_CONNECT,
        Variant.Request.SIMPLE,
        Variant.Signing.NONE);
  }

  private static ConformanceServing serve(Variant variant) throws Exception {
    Path config = written.config(variant);
    // Nothing is remembered of another test.
    Files.deleteIfExists(config.resolveSibling("countersign.db"));
    return ConformanceServing.start(config, ConfigFile.read(config), Jose.jdk());
  }

  @Test
  void leavesNoValueOutOfTheShortRun() {
    List<Variant> all = withAPerson();
    for (Function<Variant, Object> part : PARTS) {
      assertThat(nearTheUsual().stream().map(part).collect(Collectors.toSet()))
          .isEqualTo(all.stream().map(part).collect(Collectors.toSet()));
    }
    assertThat(nearTheUsual()).hasSizeLessThan(all.size());
  }

  @ParameterizedTest
  @MethodSource("nearTheUsual")
  void takesBothClientsThroughTheWholeJourney(Variant variant) throws Exception {
    takeBothClients(variant);
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("withAPerson")
  void takesBothClientsOfEveryVariantThroughTheWholeJourney(Variant variant) throws Exception {
    takeBothClients(variant);
  }

  private void takeBothClients(Variant variant) throws Exception {
    JsonNode plan = written.plan(variant);
    try (ConformanceServing _ = serve(variant);
        SuiteBrowser browser = browser(variant, plan.get("browser"))) {
      FapiClient first = client(variant, plan.get("client"), SuiteFolders.CALLBACK);
      Tokens tokens = journey(first, plan, browser);

      assertThat(browser.done()).containsExactly("Log in", "Allow", "Back at the suite");
      assertThat(tokens.authorizationDetails().list().stream().map(AuthorizationDetail::canonical))
          .containsExactlyElementsOf(granted(variant));
      assertThat(first.call(tokens, resource(plan)).status()).isEqualTo(200);
      assertThat(first.call(first.refresh(tokens), resource(plan)).status()).isEqualTo(200);

      String withQuery = SuiteFolders.CALLBACK + "?dummy1=lorem&dummy2=ipsum";
      FapiClient second = client(variant, plan.get("client2"), withQuery);
      assertThat(second.call(journey(second, plan, browser), resource(plan)).status())
          .isEqualTo(200);
    }
  }

  /** What was asked for, and the account of the person. */
  private static List<String> granted(Variant variant) {
    return variant.hasDetails()
        ? List.of(
            "{\"accounts\":[{\"currency\":\"EUR\",\"iban\":\"DE02120300000000202051\"}],"
                + "\"actions\":[\"list_accounts\"],\"locations\":[\"https://localhost:"
                + (written.port() + 2)
                + "\"],\"type\":\"account_information\"}")
        : List.of();
  }

  @ParameterizedTest
  @MethodSource("withoutAPerson")
  void takesBothClientsToTheApiWithoutAPerson(Variant variant) throws Exception {
    JsonNode plan = written.plan(variant);
    try (ConformanceServing _ = serve(variant)) {
      for (String name : List.of("client", "client2")) {
        FapiClient client = client(variant, plan.get(name), SuiteFolders.CALLBACK);
        Tokens tokens = client.clientCredentials(Scope.of("accounts"), List.of());
        assertThat(client.call(tokens, resource(plan)).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void isAskedNothingTwiceByTheSameSteps() throws Exception {
    JsonNode plan = written.plan(usual());
    try (ConformanceServing _ = serve(usual());
        SuiteBrowser browser = browser(usual(), plan.get("browser"))) {
      FapiClient first = client(usual(), plan.get("client"), SuiteFolders.CALLBACK);
      journey(first, plan, browser);
      journey(first, plan, browser);

      assertThat(browser.done()).containsExactly("Back at the suite");
    }
  }

  @Test
  void cancelsWhereThePersonShallReject() throws Exception {
    JsonNode plan = written.plan(usual());
    JsonNode steps = plan.get("override").get(USER_REJECTS).get("browser");
    try (ConformanceServing _ = serve(usual());
        SuiteBrowser browser = browser(usual(), steps)) {
      FapiClient first = client(usual(), plan.get("client"), SuiteFolders.CALLBACK);
      URI back = browser.visit(begin(first, plan));

      assertThat(browser.done()).containsExactly("Cancel", "Back at the suite");
      assertThat(back.getRawQuery()).contains("error=access_denied", "iss=", "state=");
    }
  }

  @Test
  void looksAtThePageFirstWhereThePersonShallComeTwice() throws Exception {
    JsonNode plan = written.plan(usual());
    JsonNode steps = plan.get("override").get(LOOK_FIRST).get("browser");
    try (ConformanceServing _ = serve(usual());
        SuiteBrowser browser = browser(usual(), steps)) {
      FapiClient first = client(usual(), plan.get("client"), SuiteFolders.CALLBACK);
      URI url = begin(first, plan);

      assertThat(browser.visit(url).toString()).contains("/interaction");
      assertThat(browser.done()).containsExactly("Look only");
      assertThat(first.callback(session, browser.visit(url).getRawQuery())).isNotNull();
      assertThat(browser.done()).containsExactly("Log in", "Allow", "Back at the suite");
    }
  }

  @Test
  @Requirement("SP-5.3.4-3")
  void refusesAtOnceAfterACodeWasUsedTwice() throws Exception {
    JsonNode plan = written.plan(usual());
    try (ConformanceServing _ = serve(usual());
        SuiteBrowser browser = browser(usual(), plan.get("browser"))) {
      FapiClient first =
          builder(usual(), plan.get("client"), SuiteFolders.CALLBACK)
              .transactions(new ForgetsNothing())
              .build();
      String answer = browser.visit(begin(first, plan)).getRawQuery();
      Tokens tokens = first.callback(session, answer);
      assertThat(first.call(tokens, resource(plan)).status()).isEqualTo(200);

      assertThatThrownBy(() -> first.callback(session, answer)).isInstanceOf(ClientException.class);
      ResourceResponse refused = first.call(tokens, resource(plan));
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.headers().first("WWW-Authenticate").orElseThrow())
          .contains("invalid_token");
    }
  }

  /** So that an answer can be brought a second time. */
  private static final class ForgetsNothing implements TransactionStore {
    private final Map<State, Transaction> kept = new ConcurrentHashMap<>();

    @Override
    public void keep(Transaction transaction, Instant now) {
      kept.put(transaction.state(), transaction);
    }

    @Override
    public Optional<Transaction> take(
        Issuer issuer, SecretDigest session, State state, Instant now) {
      return Optional.ofNullable(kept.get(state));
    }
  }

  @Test
  void echoesTheInteractionIdAndAllowsNoOtherOrigin() throws Exception {
    JsonNode plan = written.plan(usual());
    try (ConformanceServing _ = serve(usual());
        HttpClient http = HttpClient.newBuilder().sslContext(written.trust(usual())).build()) {
      String id = "a3f0d5b2-6f59-4f1b-9a5c-3f1f8a1c0c11";
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(URI.create(plan.at("/resource/resourceUrl").stringValue()))
                  .header("x-fapi-interaction-id", id)
                  .header("Origin", "https://elsewhere.example.com")
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.headers().firstValue("x-fapi-interaction-id")).contains(id);
      assertThat(response.headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control"));
    }
  }

  @Test
  void takesAPictureOfWhatIsRefused() throws Exception {
    JsonNode plan = written.plan(usual());
    String authorize = "https://localhost:" + written.port() + "/authorize?";
    try (ConformanceServing _ = serve(usual());
        SuiteBrowser browser = browser(usual(), plan.get("browser"))) {
      FapiClient first = client(usual(), plan.get("client"), SuiteFolders.CALLBACK);
      URI used = begin(first, plan);
      browser.visit(used);
      URI ofTheOther =
          URI.create(begin(first, plan).toString().replace("suite-client-1", "suite-client-2"));
      URI unpushed =
          URI.create(authorize + "client_id=suite-client-1&response_type=code&scope=accounts");

      for (URI refused : List.of(used, ofTheOther, unpushed)) {
        browser.visit(refused);
        assertThat(browser.done()).as(refused.getQuery()).containsExactly("Picture of the refusal");
        assertThat(browser.heading()).isNotBlank();
      }
    }
  }

  private static SuiteBrowser browser(Variant variant, JsonNode steps) throws Exception {
    return new SuiteBrowser(written.trust(variant), SuiteFolders.SUITE, steps);
  }

  private static FapiClient client(Variant variant, JsonNode client, String callback)
      throws Exception {
    return builder(variant, client, callback).build();
  }

  private static FapiClientBuilder builder(Variant variant, JsonNode client, String callback)
      throws Exception {
    FapiClientBuilder builder =
        FapiClient.builder(
                new Issuer("https://localhost:" + written.port()),
                new ClientId(client.get("client_id").stringValue()),
                authentication(variant, client))
            .redirectUri(new RedirectUri(callback))
            .sslContext(written.trust(variant));
    if (variant.constraint() == Variant.Constraint.MTLS) {
      builder.senderConstraint(SenderConstraint.MTLS);
    }
    if (variant.signing().ofRequests()) {
      builder.signedRequests(key(client));
    }
    if (variant.signing().ofResponses()) {
      builder.signedResponses();
    }
    return variant.name().contains("mtls")
        ? builder.mutualTls(mutualTls(variant, client))
        : builder;
  }

  private static ClientAuthentication authentication(Variant variant, JsonNode client)
      throws Exception {
    return switch (variant.authentication()) {
      case PRIVATE_KEY_JWT -> new ClientAuthentication.PrivateKeyJwt(key(client));
      case MTLS -> new ClientAuthentication.MutualTls();
    };
  }

  private static SigningKey key(JsonNode client) throws Exception {
    return SigningKey.fromPrivateJwk(JsonObject.parse(client.at("/jwks/keys/0").toString()));
  }

  private static SSLContext mutualTls(Variant variant, JsonNode client) throws Exception {
    boolean first = client.get("client_id").stringValue().endsWith("1");
    JsonNode mtls = written.plan(variant).get(first ? "mtls" : "mtls2");
    ClientCertificate certificate =
        ClientCertificate.fromPem(mtls.get("cert").stringValue(), mtls.get("key").stringValue());
    return certificate.sslContext(written.trustManagers(variant));
  }

  private URI begin(FapiClient client, JsonNode plan) throws Exception {
    JsonNode details = plan.at("/resource/richAuthorizationRequest");
    FlowRequest scope = FlowRequest.of(plan.at("/client/scope").stringValue());
    return client
        .begin(
            session.confirmStart(session.startToken()),
            details.isMissingNode()
                ? scope
                : scope.withAuthorizationDetails(AuthorizationDetails.parse(details.toString())))
        .value();
  }

  private Tokens journey(FapiClient client, JsonNode plan, SuiteBrowser browser) throws Exception {
    return client.callback(session, browser.visit(begin(client, plan)).getRawQuery());
  }

  private static ResourceRequest resource(JsonNode plan) {
    return ResourceRequest.get(URI.create(plan.at("/resource/resourceUrl").stringValue()));
  }
}
