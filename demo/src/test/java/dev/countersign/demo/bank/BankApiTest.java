package dev.countersign.demo.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.ca.LocalCa;
import dev.countersign.edge.ClientCertificates;
import dev.countersign.edge.HttpsServer;
import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.dpop.DpopNonce;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.metadata.ProtectedResourceMetadata;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.remote.StrictTls;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.InMemoryProofReplays;
import dev.countersign.resource.Nonces;
import dev.countersign.resource.PublicUrl;
import dev.countersign.resource.ResourceServer;
import dev.countersign.testkit.TestTls;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BankApiTest {
  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final URI BANK = URI.create("https://bank.example.com");
  private static final Subject ANNA = new Subject("anna");
  private static final Subject BEN = new Subject("ben");

  private final SecureRandom random = new SecureRandom();
  private final Jose jose = Jose.jdk();
  private final Instant now = Instant.now();
  private final LocalCa ca = LocalCa.create(now, random);
  private final SigningKey serverKey = jose.generate(SignatureAlgorithm.ES256, random);
  private final SigningKey dpopKey = jose.generate(SignatureAlgorithm.ES256, random);
  private final DpopNonces nonces =
      new DpopNonces(jose, "rs", List.of(new byte[32]), Duration.ofMinutes(5), random);
  private final HttpClient http = StrictTls.httpClient(ca.trust(), Duration.ofSeconds(5));
  private final BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();
  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    InstantSource clock = InstantSource.fixed(now);
    ResourceServer guard =
        ResourceServer.of(
            new ResourceServer.Settings(
                    ISSUER,
                    new ResourceIndicator(BANK.toString()),
                    new PublicUrl(BANK),
                    new Nonces.On(nonces))
                .taking(SenderConstraint.DPOP, SenderConstraint.MTLS)
                .describedAs(BankApi.DESCRIPTION.named("Bank")),
            jose,
            _ -> JwkSet.of(List.of(serverKey.publicJwk())),
            new InMemoryProofReplays(now),
            clock);
    Ledger ledger =
        new Ledger(
            Map.of(
                ANNA, List.of(account("a", "100.00")),
                BEN, List.of(account("b", "5.00"))));
    server =
        HttpsServer.builder()
            .tls(ca.identity())
            .clientCertificates(ClientCertificates.WANTED)
            .handler(new BankApi(guard, ledger, clock, refusals::add))
            .start();
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  @Test
  @Requirement({"SP-5.3.4-1", "SP-5.3.4-4"})
  void showsEverybodyTheOwnAccountsOnly() throws Exception {
    assertThat(get("/accounts", ANNA).body())
        .isEqualTo(
            "{\"accounts\":[{\"id\":\"a\",\"name\":\"Current\",\"iban\":\"IBAN-a\",\"balance\":\"100.00\","
                + "\"currency\":\"EUR\"}]}");
    assertThat(get("/accounts", BEN).body()).contains("\"id\":\"b\"").doesNotContain("\"a\"");
  }

  @Test
  void showsTheBookingsOfTheOwnAccount() throws Exception {
    assertThat(get("/accounts/a/transactions", ANNA).statusCode()).isEqualTo(200);
  }

  @Test
  @Requirement("A7-15")
  void hidesAnothersAccountAsIfThereWereNone() throws Exception {
    HttpResponse<String> anothers = get("/accounts/b/transactions", ANNA);
    HttpResponse<String> nobodys = get("/accounts/x/transactions", ANNA);
    assertThat(anothers.statusCode()).isEqualTo(404);
    assertThat(anothers.body()).isEqualTo(nobodys.body());
  }

  @Test
  @Requirement("RAR-9-1")
  void paysWhatWasAllowedAndShowsItAfterwards() throws Exception {
    HttpResponse<String> paid = pay(ANNA, order("a", "12.50"), "grant-1", order("a", "12.50"));
    assertThat(paid.statusCode()).isEqualTo(201);
    assertThat(JsonObject.parse(paid.body()).string("balance")).contains("87.50");
    assertThat(get("/accounts/a/transactions", ANNA).body()).contains("-12.50", "Shop");
    assertThat(get("/accounts", BEN).body()).contains("5.00");
  }

  @Test
  @Requirement("RAR-9-1")
  void paysItOnceWhateverTokenOfTheGrantComes() throws Exception {
    assertThat(pay(ANNA, order("a", "12.50"), "grant-1").statusCode()).isEqualTo(201);
    HttpResponse<String> again = pay(ANNA, order("a", "12.50"), "grant-1");
    assertThat(again.statusCode()).isEqualTo(403);
    assertThat(again.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(value -> assertThat(value).contains("insufficient_scope"));
    assertThat(refusals.take().rule().value()).isEqualTo("RAR-9-1");
    assertThat(get("/accounts", ANNA).body()).contains("87.50");
    assertThat(pay(ANNA, order("a", "12.50"), "grant-2").statusCode()).isEqualTo(201);
  }

  static Stream<JsonObject> notWhatWasAllowed() {
    JsonObject allowed = order("a", "12.50");
    return Stream.of(
        order("a", "12.51"),
        order("b", "12.50"),
        allowed.without("creditorName").toBuilder().put("creditorName", "Thief").build(),
        allowed.without("creditorAccount"),
        allowed.toBuilder().put("remittanceInformationUnstructured", "more").build());
  }

  @ParameterizedTest
  @MethodSource("notWhatWasAllowed")
  @Requirement("RAR-9-1")
  void paysNothingElseThanWasAllowed(JsonObject order) throws Exception {
    HttpResponse<String> refused = pay(ANNA, order("a", "12.50"), "grant-1", order);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refusals.take().rule().value()).isEqualTo("RAR-9-1");
    assertThat(get("/accounts", ANNA).body()).contains("100.00");
    assertThat(pay(ANNA, order("a", "12.50"), "grant-1").statusCode()).isEqualTo(201);
  }

  @Test
  @Requirement("RAR-9-1")
  void isNoWiserWhateverTheOrderSaysOfItsTypeAndPlace() throws Exception {
    JsonObject order =
        order("a", "12.50").toBuilder()
            .put("type", "account_information")
            .put("locations", List.of("https://elsewhere.example"))
            .build();
    assertThat(pay(ANNA, order("a", "12.50"), "grant-1", order).statusCode()).isEqualTo(201);
  }

  static Stream<JsonObject> paysNothingNow() {
    JsonObject order = order("a", "12.50");
    return Stream.of(
        order.toBuilder().put("actions", List.of("status")).build(),
        order.toBuilder().put("requestedExecutionDate", "2099-12-31").build());
  }

  /** To look at a payment is not to make it, and some other day is not now. */
  @ParameterizedTest
  @MethodSource("paysNothingNow")
  @Requirement("RAR-9-1")
  void paysNothingByAYesToSomethingElseThanPayingNow(JsonObject allowed) throws Exception {
    assertThat(pay(ANNA, allowed, "grant-1", allowed).statusCode()).isEqualTo(403);
    assertThat(pay(ANNA, allowed, "grant-1", order("a", "12.50")).statusCode()).isEqualTo(403);
    assertThat(get("/accounts", ANNA).body()).contains("100.00");
  }

  @Test
  @Requirement("RAR-9-1")
  void paysByAYesToPaying() throws Exception {
    JsonObject allowed =
        order("a", "12.50").toBuilder().put("actions", List.of("initiate", "status")).build();
    assertThat(pay(ANNA, allowed, "grant-1", order("a", "12.50")).statusCode()).isEqualTo(201);
  }

  @Test
  void usesNothingUpWhereTheAccountDoesNotHoldSoMuch() throws Exception {
    HttpResponse<String> refused = pay(BEN, order("b", "5.01"), "grant-1");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(JsonObject.parse(refused.body()).string("error")).contains("insufficient_funds");
    JsonObject less = order("b", "5.00");
    assertThat(pay(BEN, order("b", "5.01"), "grant-1", less).statusCode()).isEqualTo(201);
  }

  @Test
  @Requirement("A7-15")
  void paysFromNoAccountOfAnother() throws Exception {
    HttpResponse<String> refused = pay(BEN, order("a", "1.00"), "grant-1");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(JsonObject.parse(refused.body()).string("error")).contains("no_account");
    assertThat(get("/accounts", ANNA).body()).contains("100.00");
  }

  @Test
  @Requirement("RAR-9-1")
  void tellsNobodyWhoMayNotPayWhetherTheAccountHoldsSoMuch() throws Exception {
    assertThat(pay(ANNA, order("a", "1.00"), "grant-1", order("a", "100.01")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void refusesBrokenJson() throws Exception {
    assertThat(send(payment(ANNA, "{\"creditorName\":")).statusCode()).isEqualTo(400);
    assertThat(get("/accounts", ANNA).body()).contains("100.00");
  }

  static Stream<JsonObject> noOrders() {
    JsonObject good = order("a", "12.50");
    return Stream.of(
        good.without("instructedAmount"),
        good.without("debtorAccount"),
        good.without("creditorName"),
        good.without("creditorName").toBuilder().put("creditorName", " ").build(),
        order("a", "0.00"),
        order("a", "-1.00"),
        good.without("instructedAmount").toBuilder()
            .put("instructedAmount", JsonObject.builder().put("amount", 12).build())
            .build());
  }

  @ParameterizedTest
  @MethodSource("noOrders")
  void refusesWhatIsNoOrder(JsonObject order) throws Exception {
    assertThat(pay(ANNA, order("a", "12.50"), "grant-1", order).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesAForm() throws Exception {
    HttpRequest.Builder request =
        authorized("POST", "/payments", ANNA)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("amount=1"));
    assertThat(send(request).statusCode()).isEqualTo(415);
  }

  @Test
  @Requirement({"RAR-9-1", "OA-9"})
  void refusesToPayWithATokenForReading() throws Exception {
    HttpResponse<String> refused = send(payment(ANNA, order("a", "1.00").toJson()));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refusals.take().rule().value()).isEqualTo("RAR-9-1");
    assertThat(get("/accounts", ANNA).body()).contains("100.00");
  }

  @Test
  @Requirement({"SP-5.3.4-4", "OA-9"})
  void refusesToReadWithATokenForPaying() throws Exception {
    AccessToken token = token(ANNA, Scope.NONE, bound(), details(order("a", "1.00")), "grant-1");
    HttpResponse<String> refused = send(authorized("GET", "/accounts", token).GET());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(value -> assertThat(value).contains("scope=\"accounts\""));
    assertThat(refusals.take().rule().value()).isEqualTo("SP-5.3.4-4");
  }

  @Test
  @Requirement({"SP-5.3.4-1", "OA-9"})
  void asksForATokenWhereThereIsNone() throws Exception {
    HttpResponse<String> refused = send(request("/accounts").GET());
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(value -> assertThat(value).startsWith("DPoP").doesNotContain("error"));
  }

  @Test
  @Requirement({"IA-2.2.1-2"})
  void answersUnderTheInteractionIdOfTheRequest() throws Exception {
    String id = "2f3a9b1c-0d4e-4f5a-8b6c-7d8e9f0a1b2c";
    HttpRequest.Builder request =
        authorized("GET", "/accounts", ANNA).header("x-fapi-interaction-id", id).GET();
    assertThat(send(request).headers().firstValue("x-fapi-interaction-id")).contains(id);
    assertThat(
            send(request("/accounts").header("x-fapi-interaction-id", "no uuid").GET())
                .headers()
                .firstValue("x-fapi-interaction-id"))
        .hasValueSatisfying(fresh -> assertThat(fresh).hasSize(36).isNotEqualTo(id));
  }

  @Test
  @Requirement({"PR-1", "PR-2", "PR-4"})
  void describesItselfToAnybodyAndSaysWhereInItsChallenge() throws Exception {
    String path = "/.well-known/oauth-protected-resource";
    HttpResponse<String> answer = send(request(path).GET());
    assertThat(answer.statusCode()).isEqualTo(200);
    ProtectedResourceMetadata read =
        ProtectedResourceMetadata.parse(JsonObject.parse(answer.body()), BANK);
    assertThat(read.authorizationServers()).containsExactly(ISSUER);
    assertThat(read.scopesSupported()).containsExactly("accounts");
    assertThat(read.authorizationDetailsTypesSupported()).containsExactly("payment_initiation");
    assertThat(read.tlsClientCertificateBoundAccessTokens()).isTrue();
    assertThat(send(request(path).DELETE()).statusCode()).isEqualTo(405);
    assertThat(send(request("/accounts").GET()).headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(
            value -> assertThat(value).contains("resource_metadata=\"" + BANK + path + "\""));
  }

  @Test
  @Requirement({"MT-6", "SP-5.3.4-5"})
  void takesACertificateBoundTokenOverItsConnectionAlone() throws Exception {
    TestTls certificate = TestTls.forHost("client");
    AccessToken token =
        token(
            ANNA,
            new Confirmation.Certificate(CertificateThumbprint.of(certificate.certificate())));
    HttpRequest.Builder bearer =
        request("/accounts").header("Authorization", "Bearer " + token.reveal()).GET();
    assertThat(send(bearer).statusCode()).isEqualTo(401);
    try (HttpClient holder =
        StrictTls.httpClient(certificate.client(ca.certificate()), Duration.ofSeconds(5))) {
      HttpResponse<String> good = holder.send(bearer.build(), BodyHandlers.ofString());
      assertThat(good.statusCode()).isEqualTo(200);
      assertThat(good.body()).contains("100.00");
    }
  }

  @Test
  void knowsNoOtherPathAndNoOtherVerb() throws Exception {
    assertThat(send(request("/account").GET()).statusCode()).isEqualTo(404);
    HttpResponse<String> verb = send(request("/accounts").DELETE());
    assertThat(verb.statusCode()).isEqualTo(405);
    assertThat(verb.headers().firstValue("Allow")).contains("GET");
  }

  private HttpResponse<String> get(String path, Subject who) throws Exception {
    return send(authorized("GET", path, who).GET());
  }

  private HttpResponse<String> pay(Subject who, JsonObject order, String grant) throws Exception {
    return pay(who, order, grant, order);
  }

  /** By a token of this grant that allows one payment, another one perhaps. */
  private HttpResponse<String> pay(Subject who, JsonObject allowed, String grant, JsonObject order)
      throws Exception {
    AccessToken token = token(who, Scope.NONE, bound(), details(allowed), grant);
    return send(payment(token, order.toJson()));
  }

  private HttpRequest.Builder payment(Subject who, String json) {
    return payment(token(who), json);
  }

  private HttpRequest.Builder payment(AccessToken token, String json) {
    return authorized("POST", "/payments", token)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  private HttpRequest.Builder authorized(String method, String path, Subject who) {
    return authorized(method, path, token(who));
  }

  private HttpRequest.Builder authorized(String method, String path, AccessToken token) {
    DpopNonce nonce = nonces.mint(now);
    String proof =
        DpopProof.create(
            jose,
            dpopKey,
            method,
            BANK.resolve(path),
            Jti.random(random),
            now,
            Optional.of(token),
            Optional.of(nonce));
    return request(path)
        .header("Authorization", "DPoP " + token.reveal())
        .header(DpopProof.HEADER, proof);
  }

  private Confirmation bound() {
    return new Confirmation.DpopKey(dpopKey.thumbprint());
  }

  private AccessToken token(Subject who) {
    return token(who, bound());
  }

  private AccessToken token(Subject who, Confirmation cnf) {
    return token(who, Scope.of("accounts"), cnf, AuthorizationDetails.NONE, "grant-0");
  }

  private AccessToken token(
      Subject who, Scope scope, Confirmation cnf, AuthorizationDetails details, String grant) {
    return new AccessTokenClaims(
            ISSUER,
            who,
            List.of(BANK.toString()),
            new ClientId("client"),
            Jti.random(random),
            now,
            now.plusSeconds(300),
            scope,
            cnf,
            Optional.empty(),
            Optional.empty(),
            details,
            new GrantHandles(Map.of(BANK.toString(), grant)))
        .sign(jose, serverKey);
  }

  private static AuthorizationDetails details(JsonObject order) throws Exception {
    JsonObject.Builder detail =
        order.toBuilder()
            .put("type", "payment_initiation")
            .put("locations", List.of(BANK.toString()));
    return AuthorizationDetails.of(List.of(detail.build()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonObject order(String from, String amount) {
    return JsonObject.builder()
        .put(
            "instructedAmount",
            JsonObject.builder().put("amount", amount).put("currency", "EUR").build())
        .put("creditorName", "Shop")
        .put("creditorAccount", JsonObject.builder().put("iban", "DE89370400440532013000").build())
        .put("debtorAccount", JsonObject.builder().put("iban", "IBAN-" + from).build())
        .build();
  }

  private static Account account(String id, String balance) {
    Money money = new Money(new BigDecimal(balance), "EUR");
    return new Account(id, "Current", "IBAN-" + id, money, List.of());
  }
}
