package dev.countersign.attacker.play;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.wire.Move;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.httpsig.FapiRequestSignature;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.pkce.CodeVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A registered client in the hands of the attacker: makes every request as it should be, so that a
 * recipe changes only what its attack is about.
 */
public final class Caller {
  static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final int ASSERTION_SECONDS = 60;
  private static final int OBJECT_SECONDS = 300;

  private final TestClient client;
  private final Lab lab;
  private final SigningKey dpopKey;
  private final boolean attacks;

  Caller(TestClient client, Lab lab, SigningKey dpopKey, boolean attacks) {
    this.client = client;
    this.lab = lab;
    this.dpopKey = dpopKey;
    this.attacks = attacks;
  }

  /** The client as the target file has it. */
  public TestClient client() {
    return client;
  }

  /** Its {@code client_id}. */
  public String id() {
    return client.id().value();
  }

  /** The key that its tokens are bound to, if it uses DPoP. */
  public SigningKey dpopKey() {
    return dpopKey;
  }

  /** Whether its tokens are bound to a DPoP key. */
  public boolean provesKey() {
    return Lab.provesKey(client);
  }

  boolean assertsItself() {
    return Lab.assertsItself(client);
  }

  Optional<TestCertificate> certificate() {
    boolean shows = client.authentication().isByCertificate() || client.boundByCertificate();
    return client.certificate().filter(_ -> shows);
  }

  Nonces nonces() {
    return lab.nonces();
  }

  /** The same client with another DPoP key. */
  public Caller withKey(SigningKey other) {
    return new Caller(client, lab, other, attacks);
  }

  /** The same client, whose requests are the attacker's moves. */
  public Caller attacking() {
    return new Caller(client, lab, dpopKey, true);
  }

  /** The right assertion of now (RFC 7523), fresh each time. */
  public Jwt assertion() {
    Instant now = lab.now();
    JsonObject claims =
        JsonObject.builder()
            .put("iss", id())
            .put("sub", id())
            .put("aud", lab.server().issuer().value())
            .put("jti", lab.random128())
            .put("iat", now.getEpochSecond())
            .put("exp", now.getEpochSecond() + ASSERTION_SECONDS)
            .build();
    return Jwt.of(lab.jose(), key(), JsonObject.builder().build(), claims);
  }

  /** The registered key. */
  public SigningKey key() {
    return client.key().orElseThrow(() -> new IllegalStateException("the client has no key"));
  }

  /**
   * The right DPoP proof of now (RFC 9449), with the newest nonce of the server, fresh each time.
   */
  public Jwt proof(String method, URI url, Optional<String> accessToken) {
    JsonObject header =
        JsonObject.builder()
            .put("typ", "dpop+jwt")
            .put("jwk", dpopKey.publicJwk().requiredMembers())
            .build();
    JsonObject claims =
        JsonObject.builder()
            .put("jti", lab.random128())
            .put("htm", method)
            .put("htu", url.toASCIIString().split("[?#]", 2)[0])
            .put("iat", lab.now().getEpochSecond())
            .put("ath", accessToken.map(Caller::sha256))
            .put("nonce", lab.nonces().of(url))
            .build();
    return Jwt.of(lab.jose(), dpopKey, header, claims);
  }

  /** The right request object of now (RFC 9101) with these parameters, fresh each time. */
  Jwt requestObject(List<Map.Entry<String, String>> parameters) {
    Instant now = lab.now();
    JsonObject.Builder claims =
        JsonObject.builder()
            .put("iss", id())
            .put("client_id", id())
            .put("aud", lab.server().issuer().value())
            .put("iat", now.getEpochSecond())
            .put("nbf", now.getEpochSecond())
            .put("exp", now.getEpochSecond() + OBJECT_SECONDS)
            .put("jti", lab.random128());
    parameters.forEach(parameter -> put(claims, parameter.getKey(), parameter.getValue()));
    JsonObject header = JsonObject.builder().put("typ", "oauth-authz-req+jwt").build();
    return Jwt.of(lab.jose(), key(), header, claims.build());
  }

  private static void put(JsonObject.Builder claims, String name, String value) {
    if (name.equals("authorization_details")) {
      claims.put(name, Lab.details(value));
    } else {
      claims.put(name, value);
    }
  }

  /** The right request to push, with a fresh verifier; see {@link #pushed}. */
  public Push push() throws NotApplicableException {
    CodeVerifier verifier = CodeVerifier.random(lab.random());
    String state = lab.random128();
    String nonce = lab.random128();
    URI url = lab.server().need(Server.PAR, certificate().isPresent());
    Move move = attacks ? Move.ATTACKER_REQUEST : Move.START;
    FormCall call = new FormCall(this, lab.line(), move, url, false);
    call.add("client_id", id())
        .add("response_type", "code")
        .add("redirect_uri", client.redirectUri().value())
        .add("state", state)
        .add("code_challenge", CodeChallenge.of(verifier).value())
        .add("code_challenge_method", "S256");
    if (!client.scope().isEmpty()) {
      call.add("scope", client.scope());
    }
    if (List.of(client.scope().split(" ", -1)).contains("openid")) {
      call.add("nonce", nonce);
    }
    client.resource().ifPresent(resource -> call.add("resource", resource));
    if (!client.authorizationDetails().isEmpty()) {
      call.add("authorization_details", JsonObject.toJson(client.authorizationDetails()));
    }
    if (client.signedResponses()) {
      call.add("response_mode", "jwt");
    }
    if (client.signsRequests()) {
      call.object(java.util.function.UnaryOperator.identity());
    }
    return new Push(this, call, verifier.reveal(), state, nonce);
  }

  /** The authorization URL of a {@code request_uri}. */
  public URI authorizationUrl(String requestUri) throws NotApplicableException {
    return authorizationUrl(
        Form.builder().add("client_id", id()).add("request_uri", requestUri).build());
  }

  /** The authorization endpoint with this query. */
  public URI authorizationUrl(Form query) throws NotApplicableException {
    URI endpoint = lab.server().need(Server.AUTHORIZATION, false);
    String join = endpoint.getRawQuery() == null ? "?" : "&";
    return URI.create(endpoint + join + query.encode());
  }

  /**
   * Pushes what is right.
   *
   * @throws TwinFailedException if it is refused
   */
  public Pushed pushed() throws IOException {
    return push().pushed();
  }

  /**
   * A code by the whole right way: pushed, logged in, agreed.
   *
   * @throws TwinFailedException if there is none
   */
  public Coded coded(UserAgent browser, TestUser user) throws IOException {
    return coded(browser, user, pushed());
  }

  /** The same of a request that was pushed. */
  public Coded coded(UserAgent browser, TestUser user, Pushed pushed) throws IOException {
    Landing landing = browser.authorize(pushed.url(), user);
    if (landing instanceof Landing.Back back && back.code().isPresent()) {
      return new Coded(pushed, back.code().get(), back);
    }
    throw new TwinFailedException(
        "no code came back to the client, but " + UserAgent.brief(landing));
  }

  /**
   * Tokens by the whole right way.
   *
   * @throws TwinFailedException if there are none
   */
  public Tokens tokens(UserAgent browser, TestUser user) throws IOException {
    return Tokens.of(redeem(coded(browser, user)).send());
  }

  /** The right request to redeem a code. */
  public FormCall redeem(Coded coded) throws NotApplicableException {
    return redeem(coded.code(), coded.pushed().verifier());
  }

  /** The right request to redeem this code by this verifier. */
  public FormCall redeem(String code, String verifier) throws NotApplicableException {
    return token()
        .add("grant_type", "authorization_code")
        .add("code", code)
        .add("redirect_uri", client.redirectUri().value())
        .add("code_verifier", verifier);
  }

  /** The right request to refresh. */
  public FormCall refresh(String refreshToken) throws NotApplicableException {
    return token().add("grant_type", "refresh_token").add("refresh_token", refreshToken);
  }

  /** A request to the token endpoint, authenticated and proved, still without a grant. */
  public FormCall token() throws NotApplicableException {
    URI url = lab.server().need(Server.TOKEN, certificate().isPresent());
    Move move = attacks ? Move.ATTACKER_TOKEN_REQUEST : Move.CALLBACK;
    return identified(new FormCall(this, lab.line(), move, url, provesKey()));
  }

  /** An authenticated request to another endpoint of the server, by its name in the metadata. */
  public FormCall form(String endpoint) throws NotApplicableException {
    URI url = lab.server().need(endpoint, certificate().isPresent());
    return identified(new FormCall(this, lab.line(), Move.OTHER, url, false));
  }

  /** Who shows a certificate says whose it is (RFC 8705 section 2). */
  private FormCall identified(FormCall call) {
    return assertsItself() ? call : call.add("client_id", id());
  }

  /** The right request to read a resource; signed, if the resource wants that. */
  public ResourceCall call(TestResource resource, String accessToken) {
    Move move = attacks ? Move.ATTACKER_RESOURCE_REQUEST : Move.RESOURCE_REQUEST;
    ResourceCall call = new ResourceCall(this, lab.line(), move, resource.url(), accessToken);
    return resource.signed() ? call.signature(this::signature) : call;
  }

  private List<Map.Entry<String, String>> signature(
      String method, URI url, List<Map.Entry<String, String>> fields, byte[] content) {
    return FapiRequestSignature.sign(
        lab.jose(), key(), RequestMessage.of(method, url, Headers.of(fields)), content, lab.now());
  }

  /** The hash of a text, as {@code ath} has it. */
  public static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has SHA-256", e);
    }
  }
}
