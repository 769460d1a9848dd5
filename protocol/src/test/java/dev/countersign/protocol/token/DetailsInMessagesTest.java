package dev.countersign.protocol.token;

import static dev.countersign.protocol.fixture.Jwts.JOSE;
import static dev.countersign.protocol.fixture.Jwts.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.accesstoken.GrantHandles;
import dev.countersign.protocol.fixture.Refusals;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.requirement.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorization details as the messages from the token request on carry them. */
@Requirement({"RAR-2-2"})
class DetailsInMessagesTest {
  private static final Instant NOW = Instant.ofEpochSecond(1750000000);
  private static final Issuer ISSUER = new Issuer("https://as.example.com");
  private static final String API = "https://api.example.com";
  private static final String TEXT =
      "[{\"type\":\"record\",\"actions\":[\"read\"]},{\"type\":\"payment\",\"amount\":"
          + "{\"currency\":\"EUR\",\"value\":\"12.50\"}}]";
  private static final AuthorizationDetails DETAILS = AuthorizationDetails.parse(TEXT);
  private static final AccessTokenClaims CLAIMS =
      new AccessTokenClaims(
          ISSUER,
          new Subject("sub1"),
          List.of(API, "https://other.example.com"),
          new ClientId("client1"),
          new Jti("j1"),
          NOW,
          NOW.plusSeconds(300),
          Scope.NONE,
          new Confirmation.DpopKey(KEY.thumbprint()),
          Optional.empty(),
          Optional.empty(),
          DETAILS,
          new GrantHandles(Map.of(API, "h1", "https://other.example.com", "h2")));

  private static TokenRequest read(String details) {
    return TokenRequest.read(
        Form.builder()
            .add("grant_type", "client_credentials")
            .add("authorization_details", details)
            .build());
  }

  @Test
  @Requirement({"RAR-6-1", "RAR-2-1"})
  void aTokenRequestHasThemAsText() {
    TokenRequest refresh =
        new TokenRequest.Refresh(new RefreshToken("rt"), Optional.empty(), List.of(), DETAILS);
    assertThat(refresh.toForm().value("authorization_details")).contains(TEXT);
    assertThat(TokenRequest.read(refresh.toForm())).isEqualTo(refresh);
    assertThat(read(TEXT).authorizationDetails()).isEqualTo(DETAILS);
    assertThat(
            new TokenRequest.Refresh(
                    new RefreshToken("rt"), Optional.empty(), List.of(), AuthorizationDetails.NONE)
                .toForm()
                .has("authorization_details"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "{\"type\":\"record\"}",
        "\"record\"",
        "[\"record\"]",
        "[{}]",
        "[{\"type\":7}]",
        "[{\"type\":\"\"}]",
        "[{\"type\":\"a\",\"type\":\"b\"}]",
        "[{\"type\":\"a\"},{\"type\":\"a\"}]"
      })
  @Requirement({"RAR-5-1", "RAR-8-1"})
  void aTokenRequestWithSomethingElseIsRefused(String text) {
    Refusals.of(() -> read(text), OAuthError.INVALID_AUTHORIZATION_DETAILS, "RAR-5-1");
  }

  /** The same as no array is what it must not mean: without one, a token has all. */
  @ParameterizedTest
  @ValueSource(strings = {"[]", " [ ] "})
  @Requirement({"RAR-8-1"})
  void aTokenRequestForNothingIsRefused(String text) {
    Refusals.of(() -> read(text), OAuthError.INVALID_AUTHORIZATION_DETAILS, "RAR-8-1");
  }

  @Test
  @Requirement({"RAR-5-1"})
  void theTextThatIsKeptIsBoundedLikeTheTextThatCame() {
    String object = "[{\"type\":\"a\",\"n\":%s,\"b\":\"%s\"}]";
    int left = 16 * 1024 - object.formatted("1e9", "").length();
    AuthorizationDetails longest =
        AuthorizationDetails.parse(object.formatted("1e9", "x".repeat(left - 1)));
    assertThat(AuthorizationDetails.parse(longest.toJson())).isEqualTo(longest);
    Refusals.of(
        () -> AuthorizationDetails.parse(object.formatted("1e9", "x".repeat(left))),
        OAuthError.INVALID_AUTHORIZATION_DETAILS,
        "RAR-5-1");
  }

  @Test
  @Requirement({"RAR-7-1"})
  void aTokenResponseHasThemAsAnArray() throws Exception {
    TokenResponse response =
        new TokenResponse(
            new AccessToken("at"),
            "DPoP",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            DETAILS,
            Optional.empty());
    assertThat(response.toJson().toJson())
        .isEqualTo(
            "{\"access_token\":\"at\",\"token_type\":\"DPoP\",\"authorization_details\":"
                + TEXT
                + "}");
    assertThat(TokenResponse.read(response.toJson())).isEqualTo(response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"[]\"", "{\"type\":\"a\"}", "[7]", "[{\"actions\":[]}]"})
  void aTokenResponseWithSomethingElseIsNotTaken(String member) throws Exception {
    JsonObject body =
        JsonObject.parse(
            "{\"access_token\":\"a\",\"token_type\":\"DPoP\",\"authorization_details\":"
                + member
                + "}");
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> TokenResponse.read(body));
  }

  @Test
  @Requirement({"RAR-9-1", "RAR-9.1-1"})
  void anAccessTokenHasThemAsAClaim() throws Exception {
    AccessToken token = CLAIMS.sign(JOSE, KEY);
    JsonObject json = CompactJws.parse(token.reveal()).unverifiedClaims();
    assertThat(JsonObject.toJson(json.objects("authorization_details").orElseThrow()))
        .isEqualTo(TEXT);
    assertThat(
            new AccessTokenVerifier(JOSE, ISSUER, API)
                .verify(token, JwkSet.of(List.of(KEY.publicJwk())), NOW)
                .claims())
        .isEqualTo(CLAIMS);
  }

  @Test
  @Requirement({"RAR-9.2-1", "IN-3"})
  void anAnswerAboutATokenHasThemSignedOrNot() throws Exception {
    IntrospectionResponse answer =
        IntrospectionResponse.Active.of(
            CLAIMS,
            CLAIMS.aud(),
            CLAIMS.scope(),
            DETAILS.only(detail -> detail.type().equals("record")),
            CLAIMS.grantHandles().at(List.of(API, "https://third.example.com")));
    assertThat(answer.toJson().toJson())
        .contains(
            "\"authorization_details\":[{\"type\":\"record\",\"actions\":[\"read\"]}],"
                + "\"grant_handles\":{\"https://api.example.com\":\"h1\"}}");
    assertThat(IntrospectionResponse.read(answer.toJson())).isEqualTo(answer);

    ClientId api = new ClientId("api");
    String jwt = IntrospectionJwt.sign(JOSE, KEY, ISSUER, api, answer, NOW);
    assertThat(
            CompactJws.parse(jwt)
                .unverifiedClaims()
                .object("token_introspection")
                .orElseThrow()
                .objects("authorization_details")
                .orElseThrow())
        .hasSize(1);
    assertThat(
            IntrospectionJwt.verify(
                JOSE, CompactJws.parse(jwt), JwkSet.of(List.of(KEY.publicJwk())), ISSUER, api, NOW))
        .isEqualTo(answer);
  }
}
