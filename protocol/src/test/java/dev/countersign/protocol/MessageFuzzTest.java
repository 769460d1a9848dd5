package dev.countersign.protocol;

import static dev.countersign.protocol.fixture.Jwts.ED25519_KEY;
import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.clientauth.ClientAssertion;
import dev.countersign.protocol.dpop.DpopExpectation;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.dpop.NoncePolicy;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.idtoken.IdTokenVerifier;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.metadata.InvalidMetadataException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Nonce;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.par.PushedAuthorizationResponse;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.token.ErrorResponse;
import dev.countersign.protocol.token.TokenRequest;
import dev.countersign.protocol.token.TokenResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever a message says, its reader gives back a value or its own refusal, and nothing else ever.
 * Broken messages are made from good ones by a few random changes, from the same seed each time;
 * those of JWTs are signed after the change, so that they reach the checks of the claims.
 */
class MessageFuzzTest {

  private static final String SPICE = "{}[]\",:\\u0d8e+-.eE019%&=#?/@ ~\u0000\n\u007f\u00e4";
  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final ClientId CLIENT = new ClientId("client1");
  private static final Instant NOW = Instant.ofEpochSecond(1750000000);
  private static final JwkSet KEYS = JwkSet.of(List.of(ED25519_KEY.publicJwk()));

  /** Reads a message; anything but a refusal that leaves it is a fault. */
  private interface Reader {
    void read(String message)
        throws MalformedJsonException, InvalidJwtException, InvalidMetadataException;
  }

  @Test
  void authorizationRequestsAreReadOrRefused() {
    fuzz(
        "client_id=client1&response_type=code&redirect_uri=https%3A%2F%2Fc.example%2Fcb%3Fa"
            + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
            + "&code_challenge_method=S256&scope=openid+a&state=s&nonce=n&resource=urn:a:b"
            + "&prompt=login&max_age=5&acr_values=a+b&login_hint=%C3%A4&claims=%7B%22a%22:1%7D",
        20_000,
        text -> {
          Form form = Form.parseBody(text.getBytes(StandardCharsets.UTF_8));
          AuthorizationRequest request = AuthorizationRequest.read(form, CLIENT);
          Form again =
              Form.parseBody(request.toForm().encode().getBytes(StandardCharsets.US_ASCII));
          assertThat(AuthorizationRequest.read(again, CLIENT)).isEqualTo(request);
        });
  }

  @Test
  void authorizationResponsesAreReadOrRefused() {
    RedirectUri redirectUri = new RedirectUri("https://c.example/cb?x=y");
    fuzz(
        "code=abc&state=a%20b&iss=https%3A%2F%2Fas.example.com&error_description=a",
        20_000,
        text -> {
          AuthorizationResponse response = AuthorizationResponse.read(text);
          String query = response.redirectTo(redirectUri).getRawQuery();
          assertThat(AuthorizationResponse.read(query)).isEqualTo(response);
        });
  }

  @Test
  void tokenRequestsAreReadOrRefused() {
    fuzz(
        "grant_type=authorization_code&code=abc&redirect_uri=https%3A%2F%2Fc.example%2Fcb"
            + "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk&resource=urn:a:b",
        20_000,
        text -> {
          TokenRequest request = TokenRequest.read(Form.parseQuery(text));
          assertThat(TokenRequest.read(request.toForm())).isEqualTo(request);
        });
  }

  @Test
  void answersAreReadOrRefused() {
    fuzz(
        "{\"access_token\":\"a\",\"token_type\":\"DPoP\",\"expires_in\":300,\"scope\":\"a b\","
            + "\"refresh_token\":\"r\",\"id_token\":\"i\"}",
        10_000,
        text -> TokenResponse.read(JsonObject.parse(text)).toJson());
    fuzz(
        "{\"request_uri\":\"urn:ietf:params:oauth:request_uri:x\",\"expires_in\":60}",
        10_000,
        text -> PushedAuthorizationResponse.read(JsonObject.parse(text)));
    fuzz(
        "{\"error\":\"invalid_grant\",\"error_description\":\"no\"}",
        10_000,
        text -> ErrorResponse.read(JsonObject.parse(text)).toJson());
  }

  @Test
  void metadataIsReadOrRefused() {
    fuzz(
        "{\"issuer\":\"https://as.example.com\",\"authorization_endpoint\":\"https://as.example.com/a\","
            + "\"token_endpoint\":\"https://as.example.com/t\",\"jwks_uri\":\"https://a/j\","
            + "\"pushed_authorization_request_endpoint\":\"https://as.example.com/p\","
            + "\"scopes_supported\":[\"a\"],\"require_pushed_authorization_requests\":true}",
        20_000,
        text -> AuthorizationServerMetadata.parse(JsonObject.parse(text), ISSUER).toJson());
  }

  @Test
  void assertionsAreVerifiedOrRefused() {
    fuzz(
        "{\"iss\":\"client1\",\"sub\":\"client1\",\"aud\":\"https://as.example.com\",\"jti\":\"j\","
            + "\"iat\":1750000000,\"nbf\":1750000000,\"exp\":1750000060}",
        1_000,
        text -> {
          Form form = ClientAssertion.toForm(signed("JWT", text));
          ClientAssertion.read(form, Headers.NONE)
              .verify(JOSE, KEYS, Optional.empty(), ISSUER, NOW);
        },
        OAuthError.INVALID_CLIENT);
  }

  @Test
  void proofsAreVerifiedOrRefused() {
    DpopExpectation expected =
        new DpopExpectation(
            "GET",
            List.of(URI.create("https://rs.example.com/a")),
            Optional.of(new AccessToken("t")),
            new NoncePolicy.Ignored());
    JsonObject jwk = ED25519_KEY.publicJwk().requiredMembers();
    JsonObject header = JsonObject.builder().put("typ", "dpop+jwt").put("jwk", jwk).build();
    fuzz(
        "{\"jti\":\"j\",\"htm\":\"GET\",\"htu\":\"https://rs.example.com/a\",\"iat\":1750000000,"
            + "\"ath\":\"47mKTaMaEn1L3m5DAz9muidMqw636xxw7EFAK_YnPdg\",\"nonce\":\"n\"}",
        1_000,
        text -> {
          String proof = JOSE.sign(header, JsonObject.parse(text), ED25519_KEY);
          new DpopVerifier(JOSE).verify(List.of(proof), expected, NOW);
        },
        OAuthError.INVALID_DPOP_PROOF);
  }

  @Test
  void tokensAreVerifiedOrRefused() {
    fuzz(
        "{\"iss\":\"https://as.example.com\",\"sub\":\"s\",\"aud\":[\"urn:rs\"],"
            + "\"client_id\":\"client1\",\"jti\":\"j\",\"iat\":1750000000,\"exp\":1750000300,\"scope\":\"a"
            + " b\",\"cnf\":{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}}",
        1_000,
        text ->
            new AccessTokenVerifier(JOSE, ISSUER, "urn:rs")
                .verify(new AccessToken(signed("at+jwt", text)), KEYS, NOW),
        OAuthError.INVALID_TOKEN);
    fuzz(
        "{\"iss\":\"https://as.example.com\",\"sub\":\"s\",\"aud\":\"client1\",\"nonce\":\"n\","
            + "\"iat\":1750000000,\"exp\":1750000300,\"auth_time\":1750000000,\"acr\":\"a\"}",
        1_000,
        text ->
            new IdTokenVerifier(JOSE, ISSUER, CLIENT)
                .verify(
                    signed("JWT", text), KEYS, Optional.of(new Nonce("n")), Optional.empty(), NOW));
  }

  private static String signed(String type, String claims) throws MalformedJsonException {
    JsonObject header = JsonObject.builder().put("typ", type).build();
    return JOSE.sign(header, JsonObject.parse(claims), ED25519_KEY);
  }

  private static void fuzz(String good, int runs, Reader reader, OAuthError... allowed) {
    assertThatCode(() -> reader.read(good)).doesNotThrowAnyException();
    SplittableRandom random = new SplittableRandom(20_260_101);
    for (int run = 0; run < runs; run++) {
      String input = changed(good, random);
      try {
        reader.read(input);
      } catch (RefusalException refused) {
        Refusal.OAuth refusal = (Refusal.OAuth) refused.refusal();
        if (allowed.length > 0) {
          assertThat(refusal.error()).as("input %s", input).isIn((Object[]) allowed);
        }
      } catch (MalformedJsonException | InvalidJwtException | InvalidMetadataException refused) {
        assertThat(refused).as("input %s", input).hasMessageNotContaining("\n");
      } catch (RuntimeException fault) {
        fail("input " + input, fault);
      }
    }
  }

  private static String changed(String good, SplittableRandom random) {
    StringBuilder text = new StringBuilder(good);
    for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
      int at = random.nextInt(text.length());
      char spice = SPICE.charAt(random.nextInt(SPICE.length()));
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, spice);
        case 1 -> text.insert(at, spice);
        case 2 -> text.deleteCharAt(at);
        default -> text.insert(at, text.substring(at, random.nextInt(at, text.length())));
      }
    }
    return text.toString();
  }
}
