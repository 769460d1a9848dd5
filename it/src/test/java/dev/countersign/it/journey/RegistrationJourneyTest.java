package dev.countersign.it.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.client.ClientException;
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
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client that registers itself, with a token that the command made, goes the whole way with what
 * it was answered; what it changes shows in the next flow, and its end is felt at once everywhere.
 */
class RegistrationJourneyTest {
  private static final RedirectUri OTHER = new RedirectUri("https://app.example.com/other");
  private static final String KEYS = "/keys";

  @TempDir private Path folder;

  /** How the client authenticates, and where its keys are. */
  enum Way {
    KEYS_BY_VALUE(Variant.Authentication.PRIVATE_KEY_JWT, false),
    KEYS_PUBLISHED(Variant.Authentication.PRIVATE_KEY_JWT, false),
    CERTIFICATE_OF_AN_AUTHORITY(Variant.Authentication.TLS_CLIENT_AUTH, true),
    CERTIFICATE_OF_ITS_OWN(Variant.Authentication.SELF_SIGNED_TLS_CLIENT_AUTH, true);

    private final Variant.Authentication authentication;
    private final boolean certificateBinds;

    Way(Variant.Authentication authentication, boolean certificateBinds) {
      this.authentication = authentication;
      this.certificateBinds = certificateBinds;
    }

    Variant variant() {
      return new Variant(authentication, certificateBinds, true);
    }

    /** What the client says of itself. */
    JsonObject metadata(VariantWorld here, ScriptedServer site) {
      JsonObject.Builder all =
          JsonObject.builder()
              .put("client_name", "Registered Budget")
              .put("redirect_uris", List.of(here.world().app().redirectUri().value()))
              .put("grant_types", List.of("authorization_code", "refresh_token"))
              .put("scope", variant().scope())
              .put("token_endpoint_auth_method", authentication.method())
              .put("dpop_bound_access_tokens", !certificateBinds)
              .put("tls_client_certificate_bound_access_tokens", certificateBinds);
      return switch (this) {
        case KEYS_BY_VALUE, CERTIFICATE_OF_ITS_OWN -> all.put("jwks", here.keys()).build();
        case KEYS_PUBLISHED -> all.put("jwks_uri", site.uri(KEYS).toString()).build();
        case CERTIFICATE_OF_AN_AUTHORITY ->
            all.put("tls_client_auth_subject_dn", VariantWorld.SUBJECT).build();
      };
    }
  }

  @FunctionalInterface
  private interface Play {
    void of(VariantWorld here, Registrant registrant, JsonObject metadata) throws Exception;
  }

  private void play(Way way, Play play) throws Exception {
    Registrant.Initial initial = Registrant.Initial.byTheCommand();
    try (VariantWorld here = new VariantWorld(folder, way.variant());
        ScriptedServer site =
            new ScriptedServer(here.world().tls().server(), UnaryOperator.identity())) {
      site.on(KEYS, _ -> ScriptedServer.Reply.json(200, here.keys()));
      here.restart(letsRegister(initial));
      JsonObject metadata = way.metadata(here, site);
      play.of(here, Registrant.register(here.world(), initial.token(), metadata), metadata);
      if (way == Way.KEYS_PUBLISHED) {
        assertThat(site.received(KEYS)).isNotEmpty();
      }
    }
  }

  static String letsRegister(Registrant.Initial initial) {
    return """
    client_keys: {allow_private_addresses: true, trusted_ca: server.pem}
    dynamic_registration:
      enabled: true
      initial_access_tokens: ['%s']
      scope: openid profile accounts
      grant_types: [authorization_code, refresh_token, client_credentials]
      token_endpoint_auth_methods:
        [private_key_jwt, tls_client_auth, self_signed_tls_client_auth]
    """
        .formatted(initial.digest());
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  @Requirement({"DC-1", "DC-3", "DC-5", "SP-5.3.2.1-4", "SP-5.3.2.1-6"})
  void goesTheWholeWayWithWhatItWasAnswered(Way way) throws Exception {
    play(
        way,
        (here, registrant, metadata) -> {
          World world = here.world();
          FapiClient client = here.client(registrant.id(), world.app().redirectUri());

          Tokens tokens = world.journey(client, FlowRequest.of(way.variant().scope()));

          JsonObject claims = claims(tokens);
          assertThat(claims.string("client_id")).contains(registrant.id().value());
          assertThat(claims.object("cnf")).contains(here.confirmation());
          assertThat(client.userinfo(tokens).sub().value()).isEqualTo(World.SUBJECT);
          assertThat(accounts(here, client, tokens).status()).isEqualTo(200);
          assertThat(accounts(here, client, client.refresh(tokens)).status()).isEqualTo(200);
          assertThat(tokenUrls(world, tokens))
              .containsExactly(
                  way.variant().showsCertificate()
                      ? world.metadata().mtlsEndpointAliases().tokenEndpoint().orElseThrow()
                      : world.metadata().tokenEndpoint());
        });
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  @Requirement("DC-4")
  void whatItGivesUpIsGoneInTheNextFlow(Way way) throws Exception {
    play(
        way,
        (here, registrant, metadata) -> {
          World world = here.world();
          FapiClient before = here.client(registrant.id(), world.app().redirectUri());
          world.journey(before, FlowRequest.of(way.variant().scope()));

          JsonObject narrowed =
              registrant.replace(
                  without(metadata, "redirect_uris", "scope")
                      .put("redirect_uris", List.of(OTHER.value()))
                      .put("scope", "accounts")
                      .build());

          assertThat(narrowed.string("scope")).contains("accounts");
          FapiClient after = here.client(registrant.id(), OTHER);
          refused("invalid_request", () -> world.journey(before, FlowRequest.of("accounts")));
          refused("invalid_scope", () -> world.journey(after, FlowRequest.of("openid accounts")));
          Tokens tokens = world.journey(after, FlowRequest.of("accounts"));
          assertThat(claims(tokens).string("scope")).contains("accounts");
          assertThat(accounts(here, after, tokens).status()).isEqualTo(200);
        });
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  @Requirement({"DC-4", "DC-6", "SP-5.3.4-3"})
  void itsEndIsFeltAtOnceEverywhere(Way way) throws Exception {
    play(
        way,
        (here, registrant, metadata) -> {
          World world = here.world();
          FapiClient client = here.client(registrant.id(), world.app().redirectUri());
          Tokens tokens = world.journey(client, FlowRequest.of(way.variant().scope()));
          assertThat(accounts(here, client, tokens).status()).isEqualTo(200);

          registrant.end();

          ResourceResponse refused = accounts(here, client, tokens);
          assertThat(refused.status()).isEqualTo(401);
          assertThat(Challenge.parse(refused.headers().all(Challenge.HEADER)))
              .extracting(challenge -> challenge.attribute("error"))
              .contains(Optional.of("invalid_token"));
          assertThat(active(world, tokens.accessToken())).isFalse();
          refused("invalid_client", () -> client.refresh(tokens));
          refused("invalid_token", () -> client.userinfo(tokens));
          refused("invalid_client", () -> world.journey(client, FlowRequest.of("accounts")));
          assertThat(registrant.manage("GET", "").outcome()).isEqualTo("401 invalid_token");
        });
  }

  @Test
  @Requirement("DC-1")
  void registersNothingForTheDigestInPlaceOfTheToken() throws Exception {
    Registrant.Initial initial = Registrant.Initial.byTheCommand();
    try (VariantWorld here = new VariantWorld(folder, Way.KEYS_BY_VALUE.variant())) {
      here.restart(letsRegister(initial));
      URI endpoint = Registrant.endpoint(here.world());

      assertThat(Registrant.send(here.world(), "POST", endpoint, initial.digest(), "{}").outcome())
          .isEqualTo("401 invalid_token");
    }
  }

  private static JsonObject.Builder without(JsonObject metadata, String... names) {
    return metadata
        .only(
            metadata.names().stream()
                .filter(name -> !List.of(names).contains(name))
                .collect(Collectors.toSet()))
        .toBuilder();
  }

  private static JsonObject claims(Tokens tokens) throws Exception {
    return CompactJws.parse(tokens.accessToken().reveal()).unverifiedClaims();
  }

  private static ResourceResponse accounts(VariantWorld here, FapiClient client, Tokens tokens)
      throws ClientException {
    return client.call(tokens, ResourceRequest.get(here.world().accounts()));
  }

  /** Where the token came from. */
  private static List<URI> tokenUrls(World world, Tokens tokens) {
    Optional<String> token = Optional.of(tokens.accessToken().reveal());
    return world.wire().all().stream()
        .filter(one -> one.member("access_token").equals(token))
        .map(Exchange::url)
        .toList();
  }

  private static boolean active(World world, AccessToken token) throws Exception {
    return world.introspection(token).json().bool("active").orElseThrow();
  }

  private static void refused(String error, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ServerRefused.class, no -> assertThat(no.error()).contains(error));
  }
}
