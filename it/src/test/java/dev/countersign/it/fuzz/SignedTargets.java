package dev.countersign.it.fuzz;

import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.clientauth.VerifiedClientAssertion;
import dev.countersign.protocol.dpop.DpopExpectation;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.dpop.NoncePolicy;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.idtoken.IdTokenVerifier;
import dev.countersign.protocol.idtoken.VerifiedIdToken;
import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jar.RequestObject;
import dev.countersign.protocol.jar.VerifiedRequestObject;
import dev.countersign.protocol.jarm.ResponseJwt;
import dev.countersign.protocol.jarm.ResponseVerifier;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.revocationfeed.FeedVerifier;
import dev.countersign.protocol.revocationfeed.VerifiedFeed;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** JWTs with a good signature. What is taken is held against the claims as Jackson reads them. */
final class SignedTargets {
  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final ClientId CLIENT = new ClientId("client-1");
  private static final ResourceIndicator API = new ResourceIndicator("https://api.example.com");
  private static final AccessToken TOKEN =
      new AccessToken("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU");
  private static final String ATH = "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo";

  static final List<Target<?>> ALL =
      List.of(
          target(
              "dpop-proof",
              Set.of(RefusalException.class),
              SignedTargets::proof,
              SignedTargets::isProof),
          target(
              "client-assertion",
              Set.of(RefusalException.class),
              SignedTargets::assertion,
              SignedTargets::isAssertion),
          target(
              "access-token",
              Set.of(RefusalException.class),
              SignedTargets::accessToken,
              SignedTargets::isAccessToken),
          target(
              "id-token",
              Set.of(InvalidJwtException.class),
              SignedTargets::idToken,
              SignedTargets::isIdToken),
          target(
              "request-object",
              Set.of(RefusalException.class),
              SignedTargets::requestObject,
              SignedTargets::isRequestObject),
          target(
              "signed-response",
              Set.of(RefusalException.class),
              SignedTargets::signedResponse,
              SignedTargets::isSignedResponse),
          target(
              "introspection-jwt",
              Set.of(InvalidJwtException.class, MalformedJsonException.class),
              SignedTargets::introspection,
              SignedTargets::isIntrospection),
          target(
              "revocation-feed",
              Set.of(InvalidJwtException.class),
              SignedTargets::feed,
              SignedTargets::isFeed));

  private SignedTargets() {}

  /** Reads the JWS of an input; no part of it may be in a text. */
  private static <T> Target<T> target(
      String name,
      Set<Class<? extends Exception>> refusals,
      Target.TextReading<T> reading,
      Target.TextRule<T> rule) {
    return Target.ofText(name, refusals, input -> reading.read(Signed.compact(input)), rule)
        .withSecrets(input -> List.of(Signed.compact(input).split("\\.", -1)));
  }

  private static VerifiedDpopProof proof(String compact) {
    return new DpopVerifier(Signed.JOSE)
        .verify(
            List.of(compact),
            new DpopExpectation(
                "POST",
                List.of(URI.create("https://api.example.com/pay")),
                Optional.of(TOKEN),
                new NoncePolicy.Ignored()),
            Signed.NOW);
  }

  private static void isProof(VerifiedDpopProof proof, String input) {
    JsonNode claims = Signed.claimsOf(input);
    Holds.equal(Signed.typeOf(input), "dpop+jwt", "typ");
    Holds.that(!Signed.headerOf(input).path("jwk").has("d"), "no private key");
    Holds.equal(proof.jkt(), Signed.KEY.thumbprint(), "the key that signed");
    Holds.equal(claims.get("htm").asString(), "POST", "htm");
    URI htu = URI.create(claims.get("htu").asString().split("[?#]", 2)[0]).normalize();
    Holds.that("https".equalsIgnoreCase(htu.getScheme()), "the scheme of htu");
    Holds.equal(htu.getUserInfo(), null, "the user of htu");
    Holds.that(htu.getPort() == -1 || htu.getPort() == 443, "the port of htu");
    Holds.that(htu.getPath().endsWith("/pay"), "the path of htu");
    Holds.equal(claims.get("ath").asString(), ATH, "ath");
    Holds.equal(claims.get("jti").asString(), proof.jti().value(), "jti");
    Holds.that(Signed.isWithin(claims, "iat", -60, 30), "iat");
  }

  private static VerifiedClientAssertion assertion(String compact) {
    ClientAssertion assertion = ClientAssertion.read(ClientAssertion.toForm(compact), Headers.NONE);
    return assertion.verify(Signed.JOSE, Signed.KEYS, Optional.empty(), ISSUER, Signed.NOW);
  }

  private static void isAssertion(VerifiedClientAssertion assertion, String input) {
    JsonNode claims = Signed.claimsOf(input);
    Holds.that(
        Set.of("", "jwt", "client-authentication+jwt").contains(Signed.typeOf(input)), "typ");
    Holds.equal(claims.get("iss").asString(), assertion.clientId().value(), "iss");
    Holds.equal(claims.get("sub").asString(), assertion.clientId().value(), "sub");
    Holds.that(claims.get("aud").isString(), "aud is one string");
    Holds.equal(claims.get("aud").asString(), ISSUER.value(), "aud");
    Holds.equal(claims.get("jti").asString(), assertion.jti().value(), "jti");
    Holds.that(Signed.isWithin(claims, "exp", 0, 600), "exp");
    Holds.that(!claims.has("nbf") || Signed.isWithin(claims, "nbf", -99_999_999_999L, 30), "nbf");
    Holds.that(!claims.has("iat") || Signed.isWithin(claims, "iat", -600, 30), "iat");
  }

  private static VerifiedRequestObject requestObject(String compact) {
    return RequestObject.read(compact)
        .verify(Signed.JOSE, Signed.KEYS, Optional.empty(), CLIENT, ISSUER, Signed.NOW);
  }

  private static void isRequestObject(VerifiedRequestObject object, String input) {
    JsonNode claims = Signed.claimsOf(input);
    Holds.that(Set.of("", "jwt", "oauth-authz-req+jwt").contains(Signed.typeOf(input)), "typ");
    Holds.equal(claims.get("client_id").asString(), CLIENT.value(), "client_id");
    Holds.equal(claims.path("iss").asString(CLIENT.value()), CLIENT.value(), "iss");
    Holds.that(!claims.path("sub").asString("").equals(CLIENT.value()), "sub");
    JsonNode aud = claims.get("aud");
    Holds.that(
        aud.isString()
            ? aud.asString().equals(ISSUER.value())
            : aud.valueStream().anyMatch(one -> one.asString("").equals(ISSUER.value())),
        "aud");
    Holds.that(!claims.has("request") && !claims.has("request_uri"), "no other inside");
    Holds.that(Signed.isWithin(claims, "nbf", -3600, 30), "nbf");
    Holds.that(Signed.isWithin(claims, "exp", 0, 3630), "exp");
    Form form = object.parameters();
    Holds.equal(Form.parseQuery(form.encode()), form, "the parameters as a form");
    for (String name : form.names()) {
      Holds.that(claims.has(name), "every parameter is from inside");
      if (name.equals("scope") || name.equals("state") || name.equals("redirect_uri")) {
        Holds.equal(form.value(name).orElseThrow(), claims.get(name).asString(), "a text");
      }
    }
    sameSigned(form);
  }

  /** What is asked for is the same when it is signed once more. */
  private static void sameSigned(Form form) {
    AuthorizationRequest request;
    try {
      request = AuthorizationRequest.read(form, CLIENT);
    } catch (RefusalException asks) {
      Holds.that(!asks.refusal().description().isEmpty(), "what it asks for is refused");
      return;
    }
    String again =
        RequestObject.create(
            Signed.JOSE,
            Signed.KEY,
            request,
            ISSUER,
            Signed.NOW,
            RequestObject.LONGEST,
            Optional.empty());
    Holds.equal(
        AuthorizationRequest.read(requestObject(again).parameters(), CLIENT),
        request,
        "signed and verified again");
  }

  private static AuthorizationResponse signedResponse(String compact) {
    return new ResponseVerifier(Signed.JOSE, ISSUER, CLIENT)
        .open(ResponseJwt.parameters(compact), Signed.NOW)
        .verify(Signed.KEYS);
  }

  private static void isSignedResponse(AuthorizationResponse response, String input) {
    JsonNode claims = Signed.claimsOf(input);
    Holds.that(Set.of("", "jwt").contains(Signed.typeOf(input)), "typ");
    Holds.equal(claims.get("iss").asString(), ISSUER.value(), "iss");
    Holds.equal(response.iss(), ISSUER, "the issuer of the response");
    JsonNode aud = claims.get("aud");
    Holds.equal(aud.isArray() ? aud.get(0).asString() : aud.asString(), CLIENT.value(), "aud");
    Holds.that(!aud.isArray() || aud.size() == 1, "one audience alone");
    Holds.that(Signed.isWithin(claims, "exp", 0, 630), "exp");
    String again =
        ResponseJwt.create(
            Signed.JOSE, Signed.KEY, response, CLIENT, Signed.NOW, ResponseJwt.LONGEST);
    Holds.equal(signedResponse(again), response, "signed and verified again");
  }

  private static VerifiedAccessToken accessToken(String compact) {
    return new AccessTokenVerifier(Signed.JOSE, ISSUER, API.value())
        .verify(token(compact), Signed.KEYS, Signed.NOW);
  }

  /** Longer ones are refused by the type, before anybody looks at them. */
  private static AccessToken token(String compact) {
    return new AccessToken(compact.length() > 8192 ? "too-long" : compact);
  }

  private static void isAccessToken(VerifiedAccessToken token, String input) {
    JsonNode claims = Signed.claimsOf(input);
    Holds.equal(Signed.typeOf(input), "at+jwt", "typ");
    Holds.equal(claims.get("iss").asString(), ISSUER.value(), "iss");
    Holds.that(token.claims().aud().contains(API.value()), "aud");
    Holds.equal(claims.get("sub").asString(), token.claims().sub().value(), "sub");
    Holds.equal(claims.get("client_id").asString(), token.claims().clientId().value(), "client_id");
    Holds.that(Signed.isWithin(claims, "exp", -5, 999_999_999_999L), "exp");
    JsonNode cnf = claims.get("cnf");
    Holds.that(cnf.has("jkt") != cnf.has("x5t#S256"), "bound to one key");
    VerifiedAccessToken again = accessToken(token.claims().sign(Signed.JOSE, Signed.KEY).reveal());
    Holds.equal(again.claims().toJson(), token.claims().toJson(), "signed and verified again");
  }

  private static VerifiedIdToken idToken(String compact) throws InvalidJwtException {
    return new IdTokenVerifier(Signed.JOSE, ISSUER, CLIENT)
        .verify(
            compact,
            Signed.KEYS,
            Optional.of(new Nonce("nonce-1")),
            Optional.of(TOKEN),
            Signed.NOW);
  }

  private static void isIdToken(VerifiedIdToken token, String input) {
    JsonNode claims = Signed.claimsOf(input);
    Holds.that(Set.of("", "jwt").contains(Signed.typeOf(input)), "typ");
    Holds.equal(claims.get("iss").asString(), ISSUER.value(), "iss");
    JsonNode aud = claims.get("aud");
    Holds.equal(aud.isArray() ? aud.get(0).asString() : aud.asString(), CLIENT.value(), "aud");
    Holds.that(!aud.isArray() || aud.size() == 1, "one audience alone");
    Holds.equal(claims.get("nonce").asString(), "nonce-1", "nonce");
    Holds.equal(claims.get("sub").asString(), token.claims().sub().value(), "sub");
    Holds.that(Signed.isWithin(claims, "exp", 0, 999_999_999_999L), "exp");
  }

  private static IntrospectionResponse introspection(String compact) throws Exception {
    return IntrospectionJwt.verify(
        Signed.JOSE,
        CompactJws.parse(compact),
        Signed.KEYS,
        ISSUER,
        new ClientId(API.value()),
        Signed.NOW);
  }

  private static void isIntrospection(IntrospectionResponse answer, String input) {
    JsonNode claims = Signed.claimsOf(input);
    Holds.equal(Signed.typeOf(input), "token-introspection+jwt", "typ");
    Holds.equal(claims.get("iss").asString(), ISSUER.value(), "iss");
    Holds.that(claims.get("aud").toString().contains(API.value()), "aud");
    Holds.that(Signed.isWithin(claims, "iat", -60, 30), "iat");
    Holds.equal(
        claims.get("token_introspection").get("active").asBoolean(),
        answer instanceof IntrospectionResponse.Active,
        "active");
  }

  private static VerifiedFeed feed(String compact) throws InvalidJwtException {
    return new FeedVerifier(Signed.JOSE, ISSUER, API)
        .verify(FeedVerifier.parse(compact), Signed.KEYS, Optional.empty(), Signed.NOW);
  }

  private static void isFeed(VerifiedFeed feed, String input) throws Exception {
    JsonNode claims = Signed.claimsOf(input);
    Holds.equal(Signed.typeOf(input), "secevent+jwt", "typ");
    Holds.equal(claims.get("iss").asString(), ISSUER.value(), "iss");
    Holds.that(Signed.isWithin(claims, "iat", -99_999_999_999L, 30), "iat");
    Holds.that(Signed.isWithin(claims, "exp", 0, 999_999_999_999L), "exp");
    VerifiedFeed again = feed(feed.claims().sign(Signed.JOSE, Signed.KEY));
    Holds.equal(again.claims().clients().size(), feed.claims().clients().size(), "clients");
    for (int i = 0; i < feed.claims().grants().size(); i++) {
      Holds.equal(
          again.claims().grants().get(i).handle(),
          feed.claims().grants().get(i).handle(),
          "the handles, signed and verified again");
      // Rounded up, so that nobody forgets a grant too early.
      Holds.that(
          !again
              .claims()
              .grants()
              .get(i)
              .expiresAt()
              .isBefore(feed.claims().grants().get(i).expiresAt()),
          "no grant is forgotten earlier");
    }
  }
}
