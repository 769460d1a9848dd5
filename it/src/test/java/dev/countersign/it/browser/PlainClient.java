package dev.countersign.it.browser;

import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.dpop.DpopNonce;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jarm.ResponseVerifier;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.pkce.CodeVerifier;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.Optional;

/** A registered client that makes its requests for details by hand. */
record PlainClient(
    URI issuer,
    ClientId id,
    SigningKey key,
    RedirectUri redirectUri,
    HttpClient http,
    Jose jose,
    SecureRandom random,
    TestClock clock,
    CodeVerifier verifier) {

  /** Pushes a request for details; where the browser has to go. */
  URI pushed(AuthorizationDetails details, Optional<GrantManagement> management) {
    return pushed(Scope.NONE, details, management);
  }

  /** Pushes a request that wants its answer this way; where the browser has to go. */
  URI pushed(ResponseMode mode) {
    return pushed(plain().add("scope", "openid accounts").add(ResponseMode.NAME, mode.value()));
  }

  /** The same with a scope beside the details. */
  URI pushed(Scope scope, AuthorizationDetails details, Optional<GrantManagement> management) {
    return pushed(
        plain()
            .add("scope", Optional.of(scope.toString()).filter(_ -> !scope.isEmpty()))
            .add(AuthorizationDetails.NAME, details.toJson())
            .add(GrantManagement.ACTION, management.map(asked -> asked.action().value()))
            .add(
                GrantManagement.GRANT_ID,
                management.flatMap(GrantManagement::grantId).map(GrantId::value)));
  }

  private Form.Builder plain() {
    return authenticated()
        .add("client_id", id.value())
        .add("response_type", "code")
        .add("redirect_uri", redirectUri.value())
        .add("code_challenge", CodeChallenge.of(verifier).value())
        .add("code_challenge_method", "S256");
  }

  private URI pushed(Form.Builder form) {
    JsonObject answer = json(send(post("/par", form.build())));
    Form query =
        Form.builder()
            .add("client_id", id.value())
            .add("request_uri", string(answer, "request_uri"))
            .build();
    return issuer.resolve("/authorize?" + query.encode());
  }

  /** What a signed answer says, once all of it was checked by the keys that the server shows. */
  AuthorizationResponse verified(Form answer) {
    JsonObject keys = json(send(HttpRequest.newBuilder(issuer.resolve("/jwks"))));
    try {
      return new ResponseVerifier(jose, new Issuer(issuer.toString()), id)
          .open(answer, clock.instant())
          .verify(JwkSet.parse(keys));
    } catch (InvalidJwkException e) {
      throw new AssertionError(e);
    }
  }

  /** Redeems the code that an answer brought; the grant, if it was asked for by an action. */
  GrantId grantOf(URI answer) {
    return new GrantId(string(redeemed(answer), GrantManagement.GRANT_ID));
  }

  /** Redeems the code that an answer brought; what comes of it. */
  JsonObject redeemed(URI answer) {
    String code = Form.parseQuery(answer.getRawQuery()).required("code");
    Optional<String> nonce =
        send(post("/token", Form.builder().build())).headers().firstValue("DPoP-Nonce");
    Form form =
        authenticated()
            .add("grant_type", "authorization_code")
            .add("code", code)
            .add("redirect_uri", redirectUri.value())
            .add("code_verifier", verifier.reveal())
            .build();
    String proof =
        DpopProof.create(
            jose,
            key,
            "POST",
            issuer.resolve("/token"),
            Jti.random(random),
            clock.instant(),
            Optional.empty(),
            nonce.map(DpopNonce::new));
    JsonObject tokens = json(send(post("/token", form).header(DpopProof.HEADER, proof)));
    string(tokens, "access_token");
    return tokens;
  }

  private Form.Builder authenticated() {
    return Form.builder()
        .add("client_assertion_type", ClientAssertion.TYPE)
        .add(
            "client_assertion",
            ClientAssertion.create(
                jose, key, id, new Issuer(issuer.toString()), Jti.random(random), clock.instant()));
  }

  private HttpRequest.Builder post(String path, Form form) {
    return HttpRequest.newBuilder(issuer.resolve(path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form.encode()));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static JsonObject json(HttpResponse<String> response) {
    try {
      return JsonObject.parse(response.body());
    } catch (MalformedJsonException e) {
      throw new AssertionError(response.body(), e);
    }
  }

  private static String string(JsonObject answer, String name) {
    try {
      return answer.string(name).orElseThrow(() -> new AssertionError(answer.toJson()));
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }
}
