package dev.countersign.client;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.clientauth.VerifiedClientAssertion;
import dev.countersign.protocol.dpop.DpopExpectation;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.dpop.NoncePolicy;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.pkce.CodeVerifier;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.revocation.RevocationRequest;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Received;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * An authorization server over real HTTPS that keeps to the profile - it verifies assertions,
 * proofs and PKCE, and takes nothing twice - until a test scripts another answer.
 */
final class ScriptedAs implements AutoCloseable {

  static final Jose JOSE = Jose.jdk();
  static final SecureRandom RANDOM = new SecureRandom();
  static final String OPENID = "/.well-known/openid-configuration";
  static final String PAR = "/as/push";
  static final String TOKEN = "/as/token";
  static final String REVOKE = "/as/revoke";
  static final String USERINFO = "/as/userinfo";
  static final String JWKS = "/as/keys";

  /** How the one client is registered. */
  enum Registered {
    JWT_DPOP,
    JWT_MTLS,
    MTLS_DPOP,
    MTLS_MTLS;

    boolean certificateAuthenticates() {
      return this == MTLS_DPOP || this == MTLS_MTLS;
    }

    boolean certificateBinds() {
      return this == JWT_MTLS || this == MTLS_MTLS;
    }
  }

  final ScriptedServer server = new ScriptedServer();

  /** The same endpoints where a certificate is asked for. */
  final ScriptedServer mtls = ScriptedServer.askingForCertificates();

  /** The client's certificate. */
  final TestTls clientTls = TestTls.forHost("client.example");

  final Issuer issuer = new Issuer(server.uri("").toString());
  final ClientId clientId = new ClientId("client-1");
  final RedirectUri redirectUri = new RedirectUri("https://client.example/callback");
  final SigningKey key = JOSE.generate(SignatureAlgorithm.ES256, RANDOM);
  final SigningKey clientKey = JOSE.generate(SignatureAlgorithm.ES256, RANDOM);

  /** A key of the client that signs requests and nothing else. */
  final SigningKey requestKey = JOSE.generate(SignatureAlgorithm.EDDSA, RANDOM);

  final InstantSource clock;
  private final Registered registered;
  final JwkSet clientKeys = JwkSet.of(List.of(clientKey.publicJwk(), requestKey.publicJwk()));
  private final Set<String> used = ConcurrentHashMap.newKeySet();
  private final Map<String, Form> pushed = new ConcurrentHashMap<>();
  private final Map<String, Form> codes = new ConcurrentHashMap<>();
  private final AtomicInteger counter = new AtomicInteger();
  private final Queue<Function<Received, Reply>> nextPar = new ConcurrentLinkedQueue<>();
  private final Queue<Function<Received, Reply>> nextToken = new ConcurrentLinkedQueue<>();
  private final Queue<Function<Received, Reply>> nextRevoke = new ConcurrentLinkedQueue<>();

  ScriptedAs(InstantSource clock) {
    this(clock, Registered.JWT_DPOP);
  }

  ScriptedAs(InstantSource clock, Registered registered) {
    this.clock = clock;
    this.registered = registered;
    publish(Map.of());
    server.on(JWKS, r -> Reply.json(200, JwkSet.of(List.of(key.publicJwk())).toJson()));
    for (ScriptedServer either : List.of(server, mtls)) {
      either.on(PAR, r -> answer(r, nextPar, this::par));
      either.on(TOKEN, r -> answer(r, nextToken, this::token));
      either.on(REVOKE, r -> answer(r, nextRevoke, this::revoke));
      either.on(USERINFO, r -> userinfo(r, "alice"));
    }
  }

  /** A client registered here that trusts this server's certificate. */
  FapiClientBuilder client() {
    FapiClientBuilder client =
        FapiClient.builder(
                issuer,
                clientId,
                registered.certificateAuthenticates()
                    ? new ClientAuthentication.MutualTls()
                    : new ClientAuthentication.PrivateKeyJwt(clientKey))
            .redirectUri(redirectUri)
            .sslContext(TestTls.LOCALHOST.trust())
            .clock(clock);
    if (registered != Registered.JWT_DPOP) {
      client.mutualTls(certificate().sslContext(TestTls.LOCALHOST.trustManagers()));
    }
    return registered.certificateBinds() ? client.senderConstraint(SenderConstraint.MTLS) : client;
  }

  /** What the client shows. */
  ClientCertificate certificate() {
    return ClientCertificate.of(clientTls.key(), List.of(clientTls.certificate()));
  }

  /** The member {@code mtls_endpoint_aliases} with these endpoints. */
  Map<String, Object> aliases(String... paths) {
    Map<String, String> names =
        Map.of(
            PAR, "pushed_authorization_request_endpoint",
            TOKEN, "token_endpoint",
            REVOKE, "revocation_endpoint",
            USERINFO, "userinfo_endpoint");
    JsonObject.Builder aliases = JsonObject.builder();
    for (String path : paths) {
      aliases.put(names.get(path), mtls.uri(path).toString());
    }
    return Map.of("mtls_endpoint_aliases", aliases.build());
  }

  /** The metadata with these members changed; an empty text drops one. */
  void publish(Map<String, Object> changes) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("issuer", issuer.value());
    metadata.put("authorization_endpoint", server.uri("/as/authorize").toString());
    metadata.put("token_endpoint", server.uri(TOKEN).toString());
    metadata.put("jwks_uri", server.uri(JWKS).toString());
    metadata.put("pushed_authorization_request_endpoint", server.uri(PAR).toString());
    metadata.put("revocation_endpoint", server.uri(REVOKE).toString());
    metadata.put("userinfo_endpoint", server.uri(USERINFO).toString());
    metadata.put("authorization_response_iss_parameter_supported", true);
    metadata.putAll(changes);
    metadata.values().removeIf(""::equals);
    server.on(OPENID, r -> Reply.json(200, json(metadata)));
  }

  /** Scripts the answer to the next PAR request that has none yet. */
  void nextPar(Function<Received, Reply> script) {
    nextPar.add(script);
  }

  /** Scripts the answer to the next token request that has none yet. */
  void nextToken(Function<Received, Reply> script) {
    nextToken.add(script);
  }

  /** Scripts the answer to the next revocation request that has none yet. */
  void nextRevoke(Function<Received, Reply> script) {
    nextRevoke.add(script);
  }

  /** What the browser brings back after the person agreed. */
  Form agree(AuthorizationUrl url) {
    Form opened = Form.parseQuery(url.value().getRawQuery());
    Form request = pushed.remove(opened.required("request_uri"));
    String code = "code-" + counter.incrementAndGet();
    codes.put(code, request);
    return Form.builder()
        .add("code", code)
        .add("state", request.required("state"))
        .add("iss", issuer.value())
        .build();
  }

  /** The pushed form behind an authorization URL that nobody has opened yet. */
  Form pushedFor(AuthorizationUrl url) {
    return pushed.get(Form.parseQuery(url.value().getRawQuery()).required("request_uri"));
  }

  private static Reply answer(
      Received request,
      Queue<Function<Received, Reply>> scripted,
      Function<Received, Reply> normal) {
    Function<Received, Reply> next = scripted.poll();
    try {
      return next == null ? normal.apply(request) : next.apply(request);
    } catch (RefusalException e) {
      return error(400, "refused_by_test", e.getMessage());
    }
  }

  /** The profile's answer to a pushed request. */
  Reply par(Received request) {
    authenticate(request);
    if (request.headers().first(DpopProof.HEADER).isPresent()) {
      proof(request, PAR, Optional.empty());
    }
    String uri = "urn:ietf:params:oauth:request_uri:" + counter.incrementAndGet();
    pushed.put(uri, SignedObjects.opened(request.form(), this, this::useOnce));
    return Reply.json(201, json(Map.of("request_uri", uri, "expires_in", 90L)));
  }

  /** The profile's answer to a token request. */
  Reply token(Received request) {
    return tokens(request, Map.of(), Map.of());
  }

  /** The profile's answer to a revocation request. */
  Reply revoke(Received request) {
    authenticate(request);
    RevocationRequest.read(request.form());
    return Reply.text(200, "");
  }

  /** As the profile, with members of the answer and claims of the ID token changed. */
  Reply tokens(Received request, Map<String, Object> changes, Map<String, Object> claims) {
    authenticate(request);
    bound(request, TOKEN, Optional.empty());
    Form form = request.form();
    Map<String, Object> answer = new LinkedHashMap<>();
    String accessToken = "access-" + counter.incrementAndGet();
    answer.put("access_token", accessToken);
    answer.put("token_type", registered.certificateBinds() ? "Bearer" : "DPoP");
    answer.put("expires_in", 300L);
    if (form.required("grant_type").equals("authorization_code")) {
      Form asked = redeem(form);
      answer.put("refresh_token", "refresh-" + counter.incrementAndGet());
      if (asked.value("scope").orElse("").contains("openid")) {
        answer.put("id_token", idToken(asked.value("nonce"), claims));
      }
    }
    answer.putAll(changes);
    return Reply.json(200, json(answer));
  }

  private Form redeem(Form form) {
    Form asked = codes.remove(form.required("code"));
    if (asked == null || !asked.value("redirect_uri").equals(form.value("redirect_uri"))) {
      throw new IllegalStateException("the code or redirect_uri does not fit");
    }
    CodeChallenge.require(asked).verify(CodeVerifier.require(form));
    return asked;
  }

  /** An ID token of this server for this client, with claims changed; an empty text drops one. */
  String idToken(Optional<String> nonce, Map<String, Object> changes) {
    return idToken(nonce, changes, key);
  }

  String idToken(Optional<String> nonce, Map<String, Object> changes, SigningKey with) {
    long now = clock.instant().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer.value());
    claims.put("sub", "alice");
    claims.put("aud", clientId.value());
    claims.put("iat", now);
    claims.put("exp", now + 300);
    nonce.ifPresent(sent -> claims.put("nonce", sent));
    claims.putAll(changes);
    claims.values().removeIf(""::equals);
    return JOSE.sign(json(Map.of()), json(claims), with);
  }

  Reply userinfo(Received request, String sub) {
    String scheme = registered.certificateBinds() ? "Bearer " : "DPoP ";
    String authorization = request.headers().first("authorization").orElseThrow();
    if (!authorization.startsWith(scheme)) {
      throw new IllegalStateException("the scheme is not " + scheme);
    }
    bound(
        request, USERINFO, Optional.of(new AccessToken(authorization.substring(scheme.length()))));
    return Reply.json(200, json(Map.of("sub", sub, "name", "Alice")));
  }

  private void authenticate(Received request) {
    if (registered.certificateAuthenticates()) {
      requireCertificate(request);
      if (!request.form().value("client_id").equals(Optional.of(clientId.value()))
          || request.form().has("client_assertion")) {
        throw new IllegalStateException("client_id and no assertion are needed (MT-1)");
      }
      return;
    }
    VerifiedClientAssertion client =
        ClientAssertion.read(request.form(), request.headers())
            .verify(JOSE, clientKeys, Optional.empty(), issuer, clock.instant());
    useOnce("assertion " + client.jti().value());
  }

  private void requireCertificate(Received request) {
    if (!request.clientCertificates().equals(List.of(clientTls.certificate()))) {
      throw new IllegalStateException("no or another certificate");
    }
  }

  /** By a proof or by the certificate, never by both. */
  private void bound(Received request, String path, Optional<AccessToken> token) {
    if (registered.certificateBinds()) {
      requireCertificate(request);
      if (request.headers().first(DpopProof.HEADER).isPresent()) {
        throw new IllegalStateException("a proof, although the certificate binds");
      }
      return;
    }
    proof(request, path, token);
  }

  private void proof(Received request, String path, Optional<AccessToken> token) {
    // RFC 9449 section 4.3: the place that was called, be it an alias.
    ScriptedServer called = mtls.received().contains(request) ? mtls : server;
    useOnce("proof " + proofOf(request, called.uri(path), token, clock).jti().value());
  }

  /** The verified proof of a request to the place. */
  static VerifiedDpopProof proofOf(
      Received request, URI place, Optional<AccessToken> token, InstantSource clock) {
    return new DpopVerifier(JOSE)
        .verify(
            request.headers().all(DpopProof.HEADER),
            new DpopExpectation(request.method(), List.of(place), token, new NoncePolicy.Ignored()),
            clock.instant());
  }

  private void useOnce(String what) {
    if (!used.add(what)) {
      throw new IllegalStateException("used twice: " + what);
    }
  }

  /** The claims of a signed value, not verified. */
  static JsonObject claimsOf(String jws) {
    try {
      return CompactJws.parse(jws).unverifiedClaims();
    } catch (InvalidJwtException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The claims of the one proof of a request. */
  static JsonObject proofClaims(Received request) {
    return claimsOf(request.headers().first(DpopProof.HEADER).orElseThrow());
  }

  static Reply error(int status, String error, String description) {
    return Reply.json(status, json(Map.of("error", error, "error_description", description)));
  }

  static Reply useNonce(String nonce) {
    return error(400, "use_dpop_nonce", "a nonce is needed").with("DPoP-Nonce", nonce);
  }

  /** A JSON object of strings, longs, booleans and lists of strings. */
  static JsonObject json(Map<String, Object> members) {
    JsonObject.Builder json = JsonObject.builder();
    members.forEach((name, value) -> json.put(name, Optional.of(value)));
    return json.build();
  }

  @Override
  public void close() {
    server.close();
    mtls.close();
  }
}
