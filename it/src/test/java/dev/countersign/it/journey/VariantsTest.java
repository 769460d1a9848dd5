package dev.countersign.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ClientAuthentication;
import dev.countersign.client.ClientCertificate;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FapiClientBuilder;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.SenderConstraint;
import dev.countersign.client.Tokens;
import dev.countersign.protocol.jose.Base64Url;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.TestTls;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole journey by the client library, our server and our resource library in every variant of
 * the Security Profile: each way to authenticate, each binding, with OpenID Connect and without.
 */
class VariantsTest {
  private static final TestTls CLIENT = TestTls.forHost("app.example.com");
  private static final int COORDINATE_BYTES = 32;

  @TempDir private Path folder;

  /** One variant. */
  record Variant(boolean certificateAuthenticates, boolean certificateBinds, boolean openid) {
    static Stream<Variant> all() {
      List<Boolean> either = List.of(false, true);
      return either.stream()
          .flatMap(
              auth ->
                  either.stream()
                      .flatMap(
                          bind -> either.stream().map(openid -> new Variant(auth, bind, openid))));
    }

    static Stream<Variant> ofClients() {
      return all().filter(variant -> !variant.openid());
    }
  }

  private World world(Variant variant) {
    World world = new World(folder, Jose.jdk());
    int port = World.freePort();
    world.restartServer(
        yaml ->
            yaml.replace(
                    "scopes:\n",
                    "mtls: {url: 'https://localhost:%d', port: %d}\nscopes:\n"
                        .formatted(port, port))
                .replace("    name: Budget\n", "    name: Budget\n" + registration(variant))
                .replaceFirst(
                    "(?m)(name: Budget\\n(?:    (?!jwks).*\\n)*    jwks: ).*$",
                    "$1" + jwks(world)));
    world.stopBank();
    return world;
  }

  private static String registration(Variant variant) {
    String method =
        variant.certificateAuthenticates() ? "self_signed_tls_client_auth" : "private_key_jwt";
    return "    token_endpoint_auth_method: %s\n".formatted(method)
        + "    dpop_bound_access_tokens: %s\n".formatted(!variant.certificateBinds())
        + "    tls_client_certificate_bound_access_tokens: %s\n"
            .formatted(variant.certificateBinds());
  }

  /** The key of the assertions and that of the certificate. */
  private static String jwks(World world) {
    return JsonObject.builder()
        .put("keys", List.of(world.app().key().publicJwk().toJson(), certificateJwk()))
        .build()
        .toJson();
  }

  private static JsonObject certificateJwk() {
    ECPublicKey key = (ECPublicKey) CLIENT.certificate().getPublicKey();
    try {
      return JsonObject.builder()
          .put("kty", "EC")
          .put("crv", "P-256")
          .put("x", coordinate(key.getW().getAffineX()))
          .put("y", coordinate(key.getW().getAffineY()))
          .put("kid", "certificate")
          .put(
              "x5c", List.of(Base64.getEncoder().encodeToString(CLIENT.certificate().getEncoded())))
          .build();
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static String coordinate(BigInteger number) {
    byte[] bytes = new byte[COORDINATE_BYTES];
    byte[] magnitude = number.toByteArray();
    int length = Math.min(magnitude.length, COORDINATE_BYTES);
    System.arraycopy(
        magnitude, magnitude.length - length, bytes, COORDINATE_BYTES - length, length);
    return Base64Url.encode(bytes);
  }

  private static FapiClient client(World world, Variant variant) {
    FapiClientBuilder client =
        FapiClient.builder(
                world.issuer(),
                world.app().id(),
                variant.certificateAuthenticates()
                    ? new ClientAuthentication.MutualTls()
                    : new ClientAuthentication.PrivateKeyJwt(world.app().key()))
            .redirectUri(world.app().redirectUri())
            .sslContext(world.tls().trust())
            .mutualTls(
                ClientCertificate.of(CLIENT.key(), List.of(CLIENT.certificate()))
                    .sslContext(world.tls().trustManagers()));
    return variant.certificateBinds()
        ? client.senderConstraint(SenderConstraint.MTLS).build()
        : client.build();
  }

  private static Bank bank(World world) {
    return Bank.forEitherBinding(
        world.tls(), Jose.jdk(), world.issuer(), world.bankUrl(), new SecureRandom());
  }

  private static void isServed(FapiClient client, Tokens tokens, URI accounts, String owner)
      throws Exception {
    ResourceResponse answer = client.call(tokens, ResourceRequest.get(accounts));
    assertThat(answer.status()).as(answer.challenges().toString()).isEqualTo(200);
    assertThat(answer.json().string("owner")).contains(owner);
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.it.journey.VariantsTest$Variant#all")
  @Requirement({"SP-5.3.2.1-3", "SP-5.3.2.1-4", "SP-5.3.3.1-1", "SP-5.3.3.1-2", "SP-5.3.4-4"})
  void leadsFromThePushedRequestToTheBankAndToRefreshedTokens(Variant variant) throws Exception {
    try (World world = world(variant);
        Bank _ = bank(world)) {
      FapiClient client = client(world, variant);
      String scope = variant.openid() ? "openid profile accounts" : "accounts";
      Tokens tokens = world.journey(client, FlowRequest.of(scope));
      assertThat(tokens.idToken().isPresent()).isEqualTo(variant.openid());
      if (variant.openid()) {
        assertThat(client.userinfo(tokens).sub().value()).isEqualTo(World.SUBJECT);
      }
      isServed(client, tokens, world.accounts(), World.SUBJECT);
      Tokens fresh = client.refresh(tokens);
      isServed(client, fresh, world.accounts(), World.SUBJECT);
      client.revoke(fresh);
      assertThat(refuses(client, fresh)).isTrue();
    }
  }

  private static boolean refuses(FapiClient client, Tokens tokens) {
    try {
      client.refresh(tokens);
      return false;
    } catch (ClientException e) {
      return true;
    }
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.it.journey.VariantsTest$Variant#ofClients")
  @Requirement({"SP-5.3.2.1-4", "SP-5.3.4-4"})
  void givesTheClientATokenOfItsOwn(Variant variant) throws Exception {
    try (World world = world(variant);
        Bank _ = bank(world)) {
      FapiClient client = client(world, variant);
      Tokens own = client.clientCredentials(Scope.of("accounts"), List.of());
      assertThat(own.refreshToken()).isEmpty();
      isServed(client, own, world.accounts(), world.app().id().value());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.it.journey.VariantsTest$Variant#ofClients")
  @Requirement({"SP-5.3.4-5", "MT-6"})
  void aTokenIsWorthNothingToWhoHasAnotherKeyOrCertificate(Variant variant) throws Exception {
    try (World world = world(variant);
        Bank _ = bank(world)) {
      Tokens own = client(world, variant).clientCredentials(Scope.of("accounts"), List.of());
      TestTls thiefs = TestTls.forHost("thief.example.com");
      FapiClientBuilder thief =
          FapiClient.builder(
                  world.issuer(),
                  world.app().id(),
                  new ClientAuthentication.PrivateKeyJwt(world.other().key()))
              .sslContext(world.tls().trust())
              .mutualTls(
                  ClientCertificate.of(thiefs.key(), List.of(thiefs.certificate()))
                      .sslContext(world.tls().trustManagers()));
      for (SenderConstraint way : SenderConstraint.values()) {
        ResourceResponse answer =
            thief.senderConstraint(way).build().call(own, ResourceRequest.get(world.accounts()));
        assertThat(answer.status()).as(way.toString()).isEqualTo(401);
      }
    }
  }
}
