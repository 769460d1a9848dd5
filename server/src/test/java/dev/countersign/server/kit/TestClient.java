package dev.countersign.server.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.dpop.DpopNonce;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Jti;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A client that does all right unless a test has it do otherwise. */
public final class TestClient {
  /** The verifier of RFC 7636 appendix B, and what a test may send. */
  public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  /** Its challenge. */
  public static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private static final String FORM = "application/x-www-form-urlencoded";

  private final TestServer server;
  private final ClientId id;
  private final SigningKey key;
  private final SigningKey dpopKey;

  TestClient(TestServer server, String id) {
    this(
        server,
        new ClientId(id),
        server.jose().generate(SignatureAlgorithm.ES256, server.random()));
  }

  private TestClient(TestServer server, ClientId id, SigningKey key) {
    this.server = server;
    this.id = id;
    this.key = key;
    this.dpopKey = server.jose().generate(SignatureAlgorithm.ES256, server.random());
  }

  /** The same party under the id that it was given. */
  public TestClient as(ClientId given) {
    return new TestClient(server, given, key);
  }

  /** The same party at another server. */
  public TestClient at(TestServer other) {
    return new TestClient(other, id, key);
  }

  /** Its public key as a set. */
  public String jwks() {
    return JwkSet.of(List.of(key.publicJwk())).toJson().toJson();
  }

  /** Its id. */
  public ClientId id() {
    return id;
  }

  /** The key it authenticates with. */
  public SigningKey key() {
    return key;
  }

  /** The key its tokens are bound to. */
  public SigningKey dpopKey() {
    return dpopKey;
  }

  /** A good assertion. */
  public String assertion() {
    return ClientAssertion.create(
        server.jose(), key, id, TestServer.ISSUER, Jti.random(server.random()), server.now());
  }

  /** A good assertion but for the key that signs it. */
  public String assertionBy(SigningKey other) {
    return ClientAssertion.create(
        server.jose(), other, id, TestServer.ISSUER, Jti.random(server.random()), server.now());
  }

  /** The claims of a good assertion, changed. */
  public JsonObject assertionClaims(Consumer<Map<String, Object>> change) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", id.value());
    claims.put("sub", id.value());
    claims.put("aud", TestServer.ISSUER.value());
    claims.put("jti", Jti.random(server.random()).value());
    claims.put("iat", server.now().getEpochSecond());
    claims.put("exp", server.now().plusSeconds(60).getEpochSecond());
    change.accept(claims);
    return RawJwt.json(claims);
  }

  /** An assertion whose claims were changed before it was signed. */
  public String assertion(Consumer<Map<String, Object>> change) {
    return server
        .jose()
        .sign(
            RawJwt.json(Map.of("typ", "client-authentication+jwt")), assertionClaims(change), key);
  }

  /** The parameters of client authentication. */
  public Params authenticatedBy(String assertion) {
    return Params.of("client_assertion_type", ClientAssertion.TYPE, "client_assertion", assertion);
  }

  /** A good authorization request. */
  public Params authorizationRequest() {
    return Params.of(
        "client_id",
        id.value(),
        "response_type",
        "code",
        "redirect_uri",
        redirectUri(),
        "scope",
        id.value().equals("app") ? "openid profile accounts" : "openid accounts",
        "state",
        "some-state",
        "nonce",
        "some-nonce",
        "code_challenge",
        CHALLENGE,
        "code_challenge_method",
        "S256");
  }

  /** Where its responses go. */
  public String redirectUri() {
    return id.value().equals("app")
        ? "https://app.example.com/callback"
        : "https://other.example.com/callback";
  }

  /** Pushes with a fresh assertion. */
  public Reply push(Params request) {
    return post("/par", request.and(authenticatedBy(assertion())), List.of());
  }

  /** Pushes a good request and has the person approve it. */
  public String code() {
    return code(authorizationRequest());
  }

  /** Pushes a request and has the person approve it. */
  public String code(Params request) {
    return server.approve(push(request).string("request_uri")).reveal();
  }

  /** A good token request for a code. */
  public Params codeRequest(String code) {
    return Params.of(
        "grant_type",
        "authorization_code",
        "code",
        code,
        "redirect_uri",
        redirectUri(),
        "code_verifier",
        VERIFIER);
  }

  /** A token request for a refresh token. */
  public Params refreshRequest(String refreshToken) {
    return Params.of("grant_type", "refresh_token", "refresh_token", refreshToken);
  }

  /** Asks for tokens with a fresh assertion and a fresh proof. */
  public Reply token(Params request) {
    return token(request, proof("POST", server.url("/token")));
  }

  /** Asks for tokens with a fresh assertion and these proofs. */
  public Reply token(Params request, String... proofs) {
    return post("/token", request.and(authenticatedBy(assertion())), List.of(proofs));
  }

  /** Posts a form with these proofs. */
  public Reply post(String path, Params form, List<String> proofs) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("Content-Type", FORM));
    proofs.forEach(proof -> headers.add(Map.entry("DPoP", proof)));
    return server.send("POST", server.url(path), headers, form.encode().getBytes(UTF_8));
  }

  /** Asks whether a token stands, with a fresh assertion. */
  public Reply introspect(Params asked) {
    return post("/introspect", asked.and(authenticatedBy(assertion())), List.of());
  }

  /** Asks whether an access token stands. */
  public Reply introspect(String token) {
    return introspect(Params.of("token", token));
  }

  /** The tokens of a fresh code. */
  public Reply tokens() {
    return token(codeRequest(code()));
  }

  /** A good proof with a fresh nonce. */
  public String proof(String method, URI url) {
    return proof(method, url, dpopKey, Optional.of(server.nonce()));
  }

  /** A proof by any key, with or without nonce. */
  public String proof(String method, URI url, SigningKey by, Optional<String> nonce) {
    return DpopProof.create(
        server.jose(),
        by,
        method,
        url,
        Jti.random(server.random()),
        server.now(),
        Optional.empty(),
        nonce.map(DpopNonce::new));
  }

  /** A proof that goes with an access token. */
  public String proofFor(String accessToken, String method, URI url) {
    return DpopProof.create(
        server.jose(),
        dpopKey,
        method,
        url,
        Jti.random(server.random()),
        server.now(),
        Optional.of(new AccessToken(accessToken)),
        Optional.empty());
  }

  /** A proof whose claims were changed before it was signed; without a nonce unless put in. */
  public String proof(String method, URI url, Consumer<Map<String, Object>> change) {
    return proof(method, url, header -> {}, change);
  }

  /** A proof whose header and claims were changed before it was signed. */
  public String proof(
      String method,
      URI url,
      Consumer<Map<String, Object>> changeHeader,
      Consumer<Map<String, Object>> change) {
    return server.jose().sign(proofHeader(changeHeader), proofClaims(method, url, change), dpopKey);
  }

  /** The header of a good proof but for {@code alg}, changed. */
  public JsonObject proofHeader(Consumer<Map<String, Object>> change) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("typ", "dpop+jwt");
    header.put("jwk", dpopKey.publicJwk().requiredMembers());
    change.accept(header);
    return RawJwt.json(header);
  }

  /** The claims of a good proof without nonce, changed. */
  public JsonObject proofClaims(String method, URI url, Consumer<Map<String, Object>> change) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("jti", Jti.random(server.random()).value());
    claims.put("htm", method);
    claims.put("htu", url.toString());
    claims.put("iat", server.now().getEpochSecond());
    change.accept(claims);
    return RawJwt.json(claims);
  }

  /** Asks userinfo with a token and a good proof. */
  public Reply userinfo(String accessToken) {
    URI url = server.url("/userinfo");
    return userinfo("GET", "DPoP " + accessToken, proofFor(accessToken, "GET", url));
  }

  /** Asks userinfo with any Authorization header and these proofs. */
  public Reply userinfo(String method, String authorization, String... proofs) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("Authorization", authorization));
    List.of(proofs).forEach(proof -> headers.add(Map.entry("DPoP", proof)));
    return server.send(method, server.url("/userinfo"), headers, new byte[0]);
  }
}
