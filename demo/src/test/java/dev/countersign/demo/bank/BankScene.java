package dev.countersign.demo.bank;

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
import dev.countersign.resource.InMemoryProofReplays;
import dev.countersign.resource.Nonces;
import dev.countersign.resource.PublicUrl;
import dev.countersign.resource.ResourceServer;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The bank behind HTTPS, and people who come with tokens for it. */
abstract class BankScene {
  static final Issuer ISSUER = new Issuer("https://as.example.com");
  static final URI BANK = URI.create("https://bank.example.com");
  static final Subject ANNA = new Subject("anna");
  static final Subject BEN = new Subject("ben");

  final SecureRandom random = new SecureRandom();
  final Jose jose = Jose.jdk();
  final Instant now = Instant.now();
  final LocalCa ca = LocalCa.create(now, random);
  final SigningKey serverKey = jose.generate(SignatureAlgorithm.ES256, random);
  final SigningKey dpopKey = jose.generate(SignatureAlgorithm.ES256, random);
  final DpopNonces nonces =
      new DpopNonces(jose, "rs", List.of(new byte[32]), Duration.ofMinutes(5), random);
  final HttpClient http = StrictTls.httpClient(ca.trust(), Duration.ofSeconds(5));
  final BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();
  HttpsServer server;

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

  HttpResponse<String> get(String path, Subject who) throws Exception {
    return send(authorized("GET", path, who).GET());
  }

  HttpResponse<String> pay(Subject who, JsonObject order, String grant) throws Exception {
    return pay(who, order, grant, order);
  }

  /** By a token of this grant that allows one payment, another one perhaps. */
  HttpResponse<String> pay(Subject who, JsonObject allowed, String grant, JsonObject order)
      throws Exception {
    AccessToken token = token(who, Scope.NONE, bound(), details(allowed), grant);
    return send(payment(token, order.toJson()));
  }

  HttpRequest.Builder payment(Subject who, String json) {
    return payment(token(who), json);
  }

  HttpRequest.Builder payment(AccessToken token, String json) {
    return authorized("POST", "/payments", token)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  HttpRequest.Builder authorized(String method, String path, Subject who) {
    return authorized(method, path, token(who));
  }

  HttpRequest.Builder authorized(String method, String path, AccessToken token) {
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

  Confirmation bound() {
    return new Confirmation.DpopKey(dpopKey.thumbprint());
  }

  AccessToken token(Subject who) {
    return token(who, bound());
  }

  AccessToken token(Subject who, Confirmation cnf) {
    return token(who, Scope.of("accounts"), cnf, AuthorizationDetails.NONE, "grant-0");
  }

  AccessToken token(
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

  static AuthorizationDetails details(JsonObject order) throws Exception {
    JsonObject.Builder detail =
        order.toBuilder()
            .put("type", "payment_initiation")
            .put("locations", List.of(BANK.toString()));
    return AuthorizationDetails.of(List.of(detail.build()));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  static JsonObject order(String from, String amount) {
    return JsonObject.builder()
        .put(
            "instructedAmount",
            JsonObject.builder().put("amount", amount).put("currency", "EUR").build())
        .put("creditorName", "Shop")
        .put("creditorAccount", JsonObject.builder().put("iban", "DE89370400440532013000").build())
        .put("debtorAccount", JsonObject.builder().put("iban", "IBAN-" + from).build())
        .build();
  }

  static Account account(String id, String balance) {
    Money money = new Money(new BigDecimal(balance), "EUR");
    return new Account(id, "Current", "IBAN-" + id, money, List.of());
  }
}
