package dev.countersign.it.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.ServerRefused;
import dev.countersign.client.Tokens;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole journey by the client library, our server and our resource library in every variant of
 * the Security Profile: each way to authenticate, each binding, with OpenID Connect and without.
 */
class VariantsTest {
  @TempDir private Path folder;

  private static ResourceResponse accounts(VariantWorld here, FapiClient client, Tokens tokens)
      throws Exception {
    return client.call(tokens, ResourceRequest.get(here.world().accounts()));
  }

  private static void isServed(VariantWorld here, FapiClient client, Tokens tokens, String owner)
      throws Exception {
    ResourceResponse answer = accounts(here, client, tokens);
    assertThat(answer.status()).as(answer.challenges().toString()).isEqualTo(200);
    assertThat(answer.json().string("owner")).contains(owner);
  }

  private static void isRefused(VariantWorld here, FapiClient client, Tokens tokens)
      throws Exception {
    ResourceResponse answer = accounts(here, client, tokens);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(errors(answer.headers().all(Challenge.HEADER))).containsOnly("invalid_token");
  }

  private static List<String> errors(List<String> challenges) {
    return Challenge.parse(challenges).stream()
        .flatMap(challenge -> challenge.attribute("error").stream())
        .toList();
  }

  private static List<Object> audience(JsonObject claims) {
    Object aud = claims.value("aud").orElseThrow();
    return aud instanceof List<?> many ? List.copyOf(many) : List.of(aud);
  }

  /** The token, the answer that brought it and what the server tells the bank agree. */
  private static void isBound(VariantWorld here, AccessToken token, String subject)
      throws Exception {
    assertThat(
            here.world().wire().all().stream()
                .filter(one -> one.member("access_token").equals(Optional.of(token.reveal())))
                .flatMap(one -> one.member("token_type").stream()))
        .containsExactly(here.variant().scheme());
    JsonObject claims = CompactJws.parse(token.reveal()).unverifiedClaims();
    assertThat(claims.object("cnf")).contains(here.confirmation());
    JsonObject told = here.world().introspection(token).json();
    assertThat(told.bool("active")).contains(true);
    assertThat(told.string("token_type")).contains(here.variant().scheme());
    assertThat(told.string("sub")).contains(subject);
    assertThat(told.string("client_id")).contains(here.world().app().id().value());
    Set<String> same = Set.of("iss", "scope", "jti", "iat", "exp", "cnf");
    assertThat(told.only(same)).isEqualTo(claims.only(same));
    String bank = here.world().bankUrl().toString();
    assertThat(audience(claims)).contains(bank);
    assertThat(audience(told)).containsExactly(bank);
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.it.journey.Variant#all")
  @Requirement({
    "SP-5.3.2.1-3",
    "SP-5.3.2.1-4",
    "SP-5.3.2.1-6",
    "SP-5.3.3.1-1",
    "SP-5.3.3.1-2",
    "SP-5.3.4-3",
    "SP-5.3.4-4",
    "RV-2"
  })
  void leadsFromThePushedRequestToTheBankAndEndsAtOnce(Variant variant) throws Exception {
    try (VariantWorld here = new VariantWorld(folder, variant)) {
      FapiClient client = here.client();
      Tokens tokens = here.world().journey(client, FlowRequest.of(variant.scope()));
      assertThat(tokens.idToken().isPresent()).isEqualTo(variant.openid());
      if (variant.openid()) {
        assertThat(client.userinfo(tokens).sub().value()).isEqualTo(World.SUBJECT);
      }
      isBound(here, tokens.accessToken(), World.SUBJECT);
      isServed(here, client, tokens, World.SUBJECT);

      Tokens fresh = client.refresh(tokens);
      isBound(here, fresh.accessToken(), World.SUBJECT);
      isOfNoUseToOthers(here, fresh.accessToken(), here.world().accounts());
      if (variant.openid()) {
        isOfNoUseToOthers(here, fresh.accessToken(), userinfoForCertificates(here.world()));
      }
      isServed(here, client, fresh, World.SUBJECT);

      client.revoke(fresh);
      isRefused(here, client, fresh);
      isRefused(here, client, tokens);
      assertThat(here.world().introspection(fresh.accessToken()).json().bool("active"))
          .contains(false);
      assertThatThrownBy(() -> client.refresh(fresh)).isInstanceOf(ServerRefused.class);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.it.journey.Variant#ofClients")
  @Requirement({"SP-5.3.2.2-9", "SP-6.8-4", "SP-5.3.4-3"})
  void aCodeThatIsBroughtTwiceEndsItsTokensAtOnce(Variant variant) throws Exception {
    try (VariantWorld here = new VariantWorld(folder, variant)) {
      World world = here.world();
      FapiClient client = here.client();
      URI url =
          client
              .begin(
                  world.session().confirmStart(world.session().startToken()),
                  FlowRequest.of(variant.scope()))
              .value();
      String answer = world.agreed(url, world.password()).getRawQuery();
      Tokens tokens = client.callback(world.session(), answer);
      isServed(here, client, tokens, World.SUBJECT);

      assertThatThrownBy(() -> client.callback(world.session(), answer))
          .isInstanceOfSatisfying(
              ServerRefused.class, no -> assertThat(no.error()).contains("invalid_grant"));

      isRefused(here, client, tokens);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.it.journey.Variant#ofClients")
  @Requirement({"SP-5.3.2.1-4", "SP-5.3.4-4", "SP-5.3.4-5", "MT-6", "RV-2"})
  void givesTheClientATokenOfItsOwnThatNobodyElseCanUse(Variant variant) throws Exception {
    try (VariantWorld here = new VariantWorld(folder, variant)) {
      FapiClient client = here.client();
      Tokens own = client.clientCredentials(Scope.of("accounts"), List.of());
      assertThat(own.refreshToken()).isEmpty();
      String id = here.world().app().id().value();
      isBound(here, own.accessToken(), id);
      isServed(here, client, own, id);

      isOfNoUseToOthers(here, own.accessToken(), here.world().accounts());

      isServed(here, client, own, id);
      client.revoke(own);
      isRefused(here, client, own);
    }
  }

  private static URI userinfoForCertificates(World world) {
    return world.metadata().mtlsEndpointAliases().userinfoEndpoint().orElseThrow();
  }

  /** The place asks for certificates. */
  private static void isOfNoUseToOthers(VariantWorld here, AccessToken token, URI url) {
    World world = here.world();
    RawClient app = world.app();
    RawClient other = world.other();
    boolean certificate = here.variant().certificateBinds();

    // Alone: without certificate and proof.
    assertThat(app.show("Bearer", url, token, world.http())).satisfies(VariantsTest::refused);
    assertThat(app.show("DPoP", url, token, world.http())).satisfies(VariantsTest::refused);
    // With another certificate, or a proof of another key.
    assertThat(app.show("Bearer", url, token, here.thief())).satisfies(VariantsTest::refused);
    assertThat(other.showWithProof("DPoP", url, token, here.certified()))
        .satisfies(VariantsTest::refused);
    // By the other scheme, with everything that its client has.
    String otherScheme = certificate ? "DPoP" : "Bearer";
    assertThat(app.showWithProof(otherScheme, url, token, here.certified()))
        .satisfies(VariantsTest::refused);
  }

  private static void refused(Exchange exchange) {
    assertThat(exchange.status()).isEqualTo(401);
    assertThat(errors(exchange.received().allValues(Challenge.HEADER)))
        .isNotEmpty()
        .isSubsetOf("invalid_token", "invalid_dpop_proof");
  }
}
