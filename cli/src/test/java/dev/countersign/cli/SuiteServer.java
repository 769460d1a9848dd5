package dev.countersign.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.dpop.DpopExpectation;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.dpop.NoncePolicy;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.pkce.CodeVerifier;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An authorization server and API as the OpenID Foundation's suite plays them for clients: it sends
 * the browser back at once, wants DPoP nonces, publishes decoy keys, and deceives as a test says.
 * It demands all that the suite demands of a client, and answers 500 where the suite would fail it.
 */
final class SuiteServer implements AutoCloseable {
  static final String AUTHORIZE = "/test/a/countersign/authorize";
  static final String PAR = "/test/a/countersign/par";
  static final String TOKEN = "/test/a/countersign/token";
  static final String JWKS = "/test/a/countersign/jwks";
  static final String USERINFO = "/test/a/countersign/userinfo";
  static final String ACCOUNTS = "/test/a/countersign/open-banking/v1.1/accounts";
  static final String DISCOVERY = "/test/a/countersign/.well-known/openid-configuration";

  private static final Jose JOSE = Jose.jdk();
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Made once: it is the kind of the suite's keys, and a slow one. */
  private static final SigningKey KEY = JOSE.generate(SignatureAlgorithm.PS256, RANDOM);

  /**
   * The variant that is chosen in the suite.
   *
   * @param openid whether the client asks for the person's identity
   */
  record Variant(boolean mtlsAuth, boolean mtlsBound, boolean openid) {
    static Stream<Variant> all() {
      List<Boolean> both = List.of(false, true);
      return both.stream()
          .flatMap(
              auth ->
                  both.stream()
                      .flatMap(
                          bound -> both.stream().map(openid -> new Variant(auth, bound, openid))));
    }
  }

  static final String DETAILS = "account_information";

  final ScriptedServer plain = new ScriptedServer();
  final ScriptedServer mtls = ScriptedServer.askingForCertificates();
  final Issuer issuer = new Issuer(plain.uri("/test/a/countersign/").toString());
  final Map<String, Object> metadata = new LinkedHashMap<>();
  final Map<String, Object> authorizationResponse = new LinkedHashMap<>();
  final Map<String, Object> idToken = new LinkedHashMap<>();
  final Map<String, Object> tokenResponse = new LinkedHashMap<>();
  UnaryOperator<String> resigned = UnaryOperator.identity();
  String dpopScheme = "DPoP";
  boolean wantsNonces = true;
  boolean rotates;
  int refusesAccounts;
  boolean aboutSomebodyElse;
  boolean wantsDetails;
  final SuiteSigning signing = new SuiteSigning();

  private final Variant variant;
  private final JwkSet clientKeys;
  private final X509Certificate clientCertificate;
  private final AtomicInteger nonce = new AtomicInteger(1);
  private final Map<String, Object> issued = new LinkedHashMap<>();

  SuiteServer(Variant variant, JwkSet clientKeys, X509Certificate clientCertificate) {
    this.variant = variant;
    this.clientKeys = clientKeys;
    this.clientCertificate = clientCertificate;
    publish();
    for (ScriptedServer either : List.of(plain, mtls)) {
      either.on(PAR, answering(this::par));
      either.on(TOKEN, answering(this::token));
      either.on(
          USERINFO,
          answering(
              r ->
                  resource(
                      r, Map.of("sub", aboutSomebodyElse ? "other" : "user-subject-1234531"))));
      either.on(ACCOUNTS, answering(this::accounts));
    }
    plain.on(DISCOVERY, r -> Reply.json(200, json(metadata)));
    plain.on(AUTHORIZE, answering(this::authorize));
    plain.on(JWKS, r -> Reply.json(200, keysWithDecoys()));
  }

  /** Where the suite would fail the client it says so. */
  private static Function<Received, Reply> answering(Function<Received, Reply> endpoint) {
    return request -> {
      try {
        return endpoint.apply(request);
      } catch (RuntimeException e) {
        return Reply.text(500, String.valueOf(e.getMessage()));
      }
    };
  }

  /** As the suite's for signed messages, which even plain OAuth has keys for. */
  void withSigning(boolean requests, boolean responses) {
    signing.requests = requests;
    signing.responses = responses;
    metadata.putAll(signing.metadata(KEY));
    metadata.put("jwks_uri", plain.uri(JWKS).toString());
  }

  /** As the suite's: plain OAuth has no keys to publish. */
  private void publish() {
    metadata.put("issuer", issuer.value());
    metadata.put("authorization_endpoint", plain.uri(AUTHORIZE).toString());
    metadata.put("token_endpoint", plain.uri(TOKEN).toString());
    metadata.put("pushed_authorization_request_endpoint", plain.uri(PAR).toString());
    metadata.put("userinfo_endpoint", plain.uri(USERINFO).toString());
    metadata.put("mtls_endpoint_aliases", json(aliases()));
    if (variant.openid()) {
      metadata.put("jwks_uri", plain.uri(JWKS).toString());
    }
  }

  private Map<String, Object> aliases() {
    return Map.of(
        "token_endpoint", mtls.uri(TOKEN).toString(),
        "pushed_authorization_request_endpoint", mtls.uri(PAR).toString(),
        "userinfo_endpoint", mtls.uri(USERINFO).toString());
  }

  /** As the suite's module does it: what needs a certificate has no other place. */
  void withoutAliases() {
    metadata.remove("mtls_endpoint_aliases");
    if (variant.mtlsAuth() || variant.mtlsBound()) {
      metadata.put("token_endpoint", mtls.uri(TOKEN).toString());
    }
    if (variant.mtlsAuth()) {
      metadata.put("pushed_authorization_request_endpoint", mtls.uri(PAR).toString());
    }
    if (variant.mtlsBound()) {
      metadata.put("userinfo_endpoint", mtls.uri(USERINFO).toString());
    }
  }

  /** As the suite's profile of client credentials alone: nothing for browsers, no keys. */
  void forClientCredentials() {
    metadata.keySet().removeAll(List.of("jwks_uri", "pushed_authorization_request_endpoint"));
  }

  URI accountsEndpoint() {
    return (variant.mtlsBound() ? mtls : plain).uri(ACCOUNTS);
  }

  /** The last parts of the paths that were called, in order, at either listener. */
  List<String> called() {
    List<Received> all = new ArrayList<>(plain.received());
    all.addAll(mtls.received());
    return all.stream().map(r -> r.path().substring(r.path().lastIndexOf('/') + 1)).toList();
  }

  private Reply par(Received request) {
    authenticate(request);
    issued.put("request", signing.asked(request.form(), clientKeys, issuer));
    return Reply.json(
        201, json(Map.of("request_uri", "urn:ietf:params:oauth:request_uri:1", "expires_in", 60L)));
  }

  private Reply authorize(Received request) {
    Form query = Form.parseQuery(request.query().orElse(""));
    require(
        List.copyOf(query.names()).equals(List.of("client_id", "request_uri")), "front channel");
    Form pushed = (Form) issued.get("request");
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("code", "code-1");
    answer.put("state", pushed.required("state"));
    answer.put("iss", issuer.value());
    Form brought = signing.answer(answer, authorizationResponse, pushed, KEY);
    String separator = pushed.required("redirect_uri").contains("?") ? "&" : "?";
    return Reply.text(303, "")
        .with("Location", pushed.required("redirect_uri") + separator + brought.encode());
  }

  private Reply token(Received request) {
    authenticate(request);
    if (variant.mtlsBound()) {
      requireCertificate(request);
    } else if (proofLacksNonce(request, TOKEN, Optional.empty())) {
      return Reply.json(400, json(Map.of("error", "use_dpop_nonce")))
          .with("DPoP-Nonce", "as-" + nonce.get());
    }
    nonce.incrementAndGet();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("access_token", "token-" + nonce.get());
    answer.put("token_type", variant.mtlsBound() ? "Bearer" : "DPoP");
    answer.put("expires_in", 300L);
    granted(request.form(), answer);
    answer.putAll(tokenResponse);
    answer.values().removeIf(""::equals);
    issued.put("access_token", answer.get("access_token"));
    return Reply.json(200, json(answer));
  }

  private void granted(Form form, Map<String, Object> answer) {
    switch (form.required("grant_type")) {
      case "authorization_code" -> {
        Form pushed = (Form) issued.get("request");
        CodeChallenge.require(pushed).verify(CodeVerifier.require(form));
        if (wantsDetails) {
          answer.put(AuthorizationDetails.NAME, details(pushed));
        }
        answer.put("refresh_token", "refresh-1");
        issued.put("refresh_token", "refresh-1");
        if (variant.openid()) {
          answer.put("id_token", resigned.apply(idToken(pushed)));
        }
      }
      case "refresh_token" -> {
        require(form.required("refresh_token").equals(issued.get("refresh_token")), "rotation");
        if (rotates) {
          answer.put("refresh_token", "refresh-" + nonce.get());
          issued.put("refresh_token", "refresh-" + nonce.get());
        }
      }
      case "client_credentials" -> require(form.value("refresh_token").isEmpty(), "grant");
      default -> throw new IllegalStateException("grant_type");
    }
  }

  /** They must be of a type of the plan, and come back as they were asked for. */
  private static List<JsonObject> details(Form pushed) {
    List<AuthorizationDetail> asked =
        AuthorizationDetails.parse(pushed.required(AuthorizationDetails.NAME)).list();
    require(
        !asked.isEmpty() && asked.stream().allMatch(one -> one.type().equals(DETAILS)), "details");
    return asked.stream().map(AuthorizationDetail::json).toList();
  }

  private String idToken(Form pushed) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer.value());
    claims.put("sub", "user-subject-1234531");
    claims.put("aud", pushed.required("client_id"));
    claims.put("iat", now);
    claims.put("exp", now + 300);
    claims.put("nonce", pushed.required("nonce"));
    claims.putAll(idToken);
    claims.values().removeIf(""::equals);
    return JOSE.sign(json(Map.of()), json(claims), KEY);
  }

  private Reply accounts(Received request) {
    require(variant.mtlsBound() || !mtls.received().contains(request), "accounts over mTLS");
    if (refusesAccounts > 0) {
      refusesAccounts--;
      return Reply.text(401, "").with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }
    return resource(request, Map.of("accounts", List.of()));
  }

  private Reply resource(Received request, Map<String, Object> answer) {
    String scheme = variant.mtlsBound() ? "Bearer " : "DPoP ";
    String token = String.valueOf(issued.get("access_token"));
    require(request.headers().all("authorization").equals(List.of(scheme + token)), "token");
    require(request.headers().all("x-fapi-interaction-id").size() == 1, "interaction id");
    if (variant.mtlsBound()) {
      requireCertificate(request);
    } else if (proofLacksNonce(request, request.path(), Optional.of(new AccessToken(token)))) {
      return Reply.text(401, "")
          .with("WWW-Authenticate", dpopScheme + " error=\"use_dpop_nonce\"")
          .with("DPoP-Nonce", "as-" + nonce.get());
    }
    return Reply.json(200, json(answer));
  }

  private void authenticate(Received request) {
    if (variant.mtlsAuth()) {
      requireCertificate(request);
      require(request.form().has("client_id"), "client_id");
      require(!request.form().has("client_assertion"), "assertion");
      return;
    }
    ClientAssertion.read(request.form(), request.headers())
        .verify(JOSE, clientKeys, Optional.empty(), issuer, Instant.now());
  }

  private void requireCertificate(Received request) {
    require(request.clientCertificates().equals(List.of(clientCertificate)), "certificate");
  }

  private boolean proofLacksNonce(Received request, String path, Optional<AccessToken> token) {
    ScriptedServer at = mtls.received().contains(request) ? mtls : plain;
    new DpopVerifier(JOSE)
        .verify(
            request.headers().all(DpopProof.HEADER),
            new DpopExpectation(
                request.method(), List.of(at.uri(path)), token, new NoncePolicy.Ignored()),
            Instant.now());
    try {
      JsonObject claims =
          CompactJws.parse(request.headers().first(DpopProof.HEADER).orElseThrow())
              .unverifiedClaims();
      return wantsNonces && !claims.string("nonce").equals(Optional.of("as-" + nonce.get()));
    } catch (InvalidJwtException | MalformedJsonException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keys for other algorithms under the same {@code kid}, before and behind the real one. */
  private static JsonObject keysWithDecoys() {
    List<JsonObject> keys = new ArrayList<>();
    for (SignatureAlgorithm decoy : List.of(SignatureAlgorithm.EDDSA, SignatureAlgorithm.ES256)) {
      keys.add(renamed(JOSE.generate(decoy, RANDOM)));
    }
    keys.add(1, KEY.publicJwk().toJson());
    return JsonObject.builder().put("keys", keys).build();
  }

  private static JsonObject renamed(SigningKey decoy) {
    String text = decoy.publicJwk().toJson().toJson();
    try {
      return JsonObject.parse(text.replace(decoy.kid(), KEY.kid()));
    } catch (MalformedJsonException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The header of a signed value in place of another one, without a signature. */
  static String withHeader(String jws, String header) {
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(UTF_8));
    return encoded + jws.substring(jws.indexOf('.'), jws.lastIndexOf('.') + 1);
  }

  static void require(boolean met, String what) {
    if (!met) {
      throw new IllegalStateException("the suite would fail the client for: " + what);
    }
  }

  static JsonObject json(Map<String, Object> members) {
    JsonObject.Builder json = JsonObject.builder();
    members.forEach((name, value) -> json.put(name, Optional.of(value)));
    return json.build();
  }

  @Override
  public void close() {
    plain.close();
    mtls.close();
  }
}
