package dev.countersign.it.journey;

import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.dpop.DpopNonce;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.pkce.CodeVerifier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;

/** A registered client that makes its requests by hand, also those that no good client makes. */
record RawClient(
    World world, ClientId id, SigningKey key, SigningKey dpopKey, RedirectUri redirectUri) {

  /** A good assertion. */
  String assertion() {
    return ClientAssertion.create(
        world.jose(), key, id, world.issuer(), Jti.random(world.random()), Instant.now());
  }

  /** The form with a fresh assertion in place of any it has. */
  Form authenticated(Form form) {
    Form.Builder changed = Form.builder();
    form.names().stream()
        .filter(name -> !name.startsWith("client_assertion"))
        .forEach(name -> changed.add(name, form.value(name)));
    return changed
        .add("client_assertion_type", ClientAssertion.TYPE)
        .add("client_assertion", assertion())
        .build();
  }

  /** A good authorization request, authenticated. */
  Form authorizationRequest(CodeVerifier verifier) {
    return authenticated(
        Form.builder()
            .add("client_id", id.value())
            .add("response_type", "code")
            .add("redirect_uri", redirectUri.value())
            .add("scope", "openid accounts")
            .add("state", Jti.random(world.random()).value())
            .add("nonce", Jti.random(world.random()).value())
            .add("code_challenge", CodeChallenge.of(verifier).value())
            .add("code_challenge_method", "S256")
            .build());
  }

  /** A good token request for a code, authenticated. */
  Form codeRequest(String code, CodeVerifier verifier) {
    return authenticated(
        Form.builder()
            .add("grant_type", "authorization_code")
            .add("code", code)
            .add("redirect_uri", redirectUri.value())
            .add("code_verifier", verifier.reveal())
            .build());
  }

  /** A good proof. */
  String proof(String method, URI url, Optional<AccessToken> token, Optional<String> nonce) {
    return DpopProof.create(
        world.jose(),
        dpopKey,
        method,
        url,
        Jti.random(world.random()),
        Instant.now(),
        token,
        nonce.map(DpopNonce::new));
  }

  /** A nonce of the authorization server. */
  Optional<String> nonce() {
    return send(post(tokenEndpoint(), Form.builder().build())).header("DPoP-Nonce");
  }

  /** Sends the form with a fresh proof that has the nonce, if there is one. */
  Exchange post(URI url, Form form, Optional<String> nonce) {
    return send(
        post(url, form).header(DpopProof.HEADER, proof("POST", url, Optional.empty(), nonce)));
  }

  /** Sends the form as it is, without a proof. */
  Exchange postPlainly(URI url, Form form) {
    return send(post(url, form));
  }

  /** Asks for tokens with a fresh assertion and a fresh proof with nonce. */
  Exchange token(Form form) {
    return post(tokenEndpoint(), authenticated(form), nonce());
  }

  /** Redeems a refresh token. */
  Exchange refresh(String refreshToken) {
    return token(
        Form.builder()
            .add("grant_type", "refresh_token")
            .add("refresh_token", refreshToken)
            .build());
  }

  /** Gets a resource with a token that is bound to the DPoP key. */
  Exchange get(URI url, AccessToken token) {
    return showWithProof("DPoP", url, token, world.http());
  }

  /** Shows a token to a resource without a proof. */
  Exchange show(String scheme, URI url, AccessToken token, HttpClient by) {
    return send(
        HttpRequest.newBuilder(url).header("Authorization", scheme + " " + token.reveal()), by);
  }

  /** Shows a token to a resource with a proof; a second time if a nonce is wanted. */
  Exchange showWithProof(String scheme, URI url, AccessToken token, HttpClient by) {
    Exchange first = showWithProof(scheme, url, token, Optional.empty(), by);
    Optional<String> nonce = first.header("DPoP-Nonce");
    return first.status() == 401 && nonce.isPresent()
        ? showWithProof(scheme, url, token, nonce, by)
        : first;
  }

  private Exchange showWithProof(
      String scheme, URI url, AccessToken token, Optional<String> nonce, HttpClient by) {
    return send(
        HttpRequest.newBuilder(url)
            .header("Authorization", scheme + " " + token.reveal())
            .header(DpopProof.HEADER, proof("GET", url, Optional.of(token), nonce)),
        by);
  }

  /** Asks the authorization server about the person. */
  Exchange userinfo(AccessToken token) {
    return get(world.metadata().userinfoEndpoint().orElseThrow(), token);
  }

  URI tokenEndpoint() {
    return world.metadata().tokenEndpoint();
  }

  private static HttpRequest.Builder post(URI url, Form form) {
    return HttpRequest.newBuilder(url)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form.encode()));
  }

  private Exchange send(HttpRequest.Builder request) {
    return send(request, world.http());
  }

  /** By an overheard client. */
  private Exchange send(HttpRequest.Builder request, HttpClient by) {
    HttpRequest whole = request.build();
    try {
      by.send(whole, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return world.wire().newest(whole.uri(), _ -> true);
  }
}
