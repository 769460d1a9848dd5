package dev.countersign.it.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.countersign.client.FapiClient;
import dev.countersign.client.ProtocolViolation;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ResourceResponse;
import dev.countersign.client.Tokens;
import dev.countersign.it.samples.SigningApi;
import dev.countersign.it.samples.SigningClient;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.httpsig.FapiResponseSignature;
import dev.countersign.protocol.httpsig.VerifiedResponseSignature;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.remote.StrictTls;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.ClientSigningKeys;
import dev.countersign.resource.Description;
import dev.countersign.resource.InMemoryProofReplays;
import dev.countersign.resource.IssuerKeys;
import dev.countersign.resource.Nonces;
import dev.countersign.resource.PublicUrl;
import dev.countersign.resource.ResourceServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The client library and the API of the documents, whose messages are signed in both directions.
 */
class SignedJourneyTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final byte[] PAYMENT = "{\"amount\":\"123.50\"}".getBytes(UTF_8);

  private final Jose jose = Jose.jdk();
  private final SecureRandom random = new SecureRandom();
  private final SigningKey server = jose.generate(SignatureAlgorithm.ES256, random);
  private World world;
  private HttpClient http;

  @BeforeEach
  void start(@TempDir Path folder) {
    world = new World(folder, jose);
    world.stopBank();
    http = StrictTls.httpClient(world.tls().trust(), TIMEOUT);
  }

  @AfterEach
  void stop() {
    http.close();
    world.close();
  }

  private URI self() {
    return URI.create("https://" + world.accounts().getAuthority());
  }

  private ResourceServer guard() {
    InstantSource clock = InstantSource.system();
    byte[] nonceKey = new byte[32];
    random.nextBytes(nonceKey);
    RemoteIssuer issuer =
        new RemoteIssuer(
            new HttpsFetcher(http, TIMEOUT, 64 * 1024),
            world.issuer(),
            clock,
            new Freshness(Duration.ofMinutes(10), Duration.ofSeconds(5), Duration.ofHours(1)));
    return ResourceServer.of(
        new ResourceServer.Settings(
                world.issuer(),
                new ResourceIndicator(self().toString()),
                new PublicUrl(self()),
                new Nonces.On(
                    new DpopNonces(jose, "rs", List.of(nonceKey), Duration.ofMinutes(5), random)))
            .describedAs(Description.of(Scope.of("accounts"))),
        jose,
        IssuerKeys.of(issuer),
        new InMemoryProofReplays(clock.instant()),
        clock);
  }

  private HttpsServer api(SigningKey client, SigningKey signing) throws Exception {
    SigningApi api =
        new SigningApi(
            guard(),
            ClientSigningKeys.fixed(
                Map.of(new ClientId("budget-app"), JwkSet.of(List.of(client.publicJwk())))),
            signing);
    HttpsServer listening =
        HttpsServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), self().getPort()), 0);
    listening.setHttpsConfigurator(new HttpsConfigurator(world.tls().server()));
    listening.createContext("/", api::handle);
    listening.start();
    return listening;
  }

  private FapiClient client(SigningKey key) {
    return SigningClient.client(
        world.issuer(), world.app().key(), world.app().redirectUri(), key, world.tls().trust());
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  @Requirement({"HS-5.3.1.1-1", "HS-5.3.1.2-2", "HS-5.3.2.1-1", "HS-5.3.2.1-N", "HS-5.3.2.2-2"})
  void paysAndKnowsWhoseAnswerItGot(SignatureAlgorithm algorithm) throws Exception {
    SigningKey key = jose.generate(algorithm, random);
    HttpsServer api = api(key, server);
    try {
      FapiClient client = client(key);
      Tokens tokens = world.journey(client);
      ResourceRequest payment =
          ResourceRequest.of("POST", world.accounts()).withBody("application/json", PAYMENT);
      ResourceResponse answer = client.call(tokens, payment);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().string("owner")).contains(World.SUBJECT);
      assertThat(answer.json().integer("bytes")).contains((long) PAYMENT.length);
      assertThat(answer.headers().names())
          .contains("content-type", "dpop-nonce")
          .doesNotContain("cache-control");
      VerifiedResponseSignature kept = answer.signature().orElseThrow();
      assertThat(
              FapiResponseSignature.read(kept.response(), kept.created())
                  .verify(jose, JwkSet.of(List.of(server.publicJwk())), answer.body())
                  .key())
          .isEqualTo(server.publicJwk());
      assertThat(client.call(tokens, ResourceRequest.get(world.accounts())).status())
          .isEqualTo(200);
    } finally {
      api.stop(0);
    }
  }

  @Test
  @Requirement({"HS-5.3.1.2-3", "HS-5.3.2.1-1", "ATT-65"})
  void isToldByASignedAnswerThatItsKeyIsNotKnown() throws Exception {
    HttpsServer api = api(jose.generate(SignatureAlgorithm.ES256, random), server);
    try {
      FapiClient client = client(jose.generate(SignatureAlgorithm.ES256, random));
      Tokens tokens = world.journey(client);
      assertThat(client.call(tokens, ResourceRequest.get(world.accounts())).status())
          .isEqualTo(401);
      FapiClient plain = world.client();
      assertThat(plain.call(tokens, ResourceRequest.get(world.accounts())).status()).isEqualTo(401);
    } finally {
      api.stop(0);
    }
  }

  @Test
  @Requirement({"HS-5.3.2.2-1", "HS-5.3.2.2-2"})
  void believesNobodyWhoTookThePlaceOfTheApi() throws Exception {
    SigningKey key = jose.generate(SignatureAlgorithm.ES256, random);
    FapiClient client = client(key);
    Tokens tokens = world.journey(client);
    HttpsServer api = api(key, server);
    assertThat(client.call(tokens, ResourceRequest.get(world.accounts())).status()).isEqualTo(200);
    api.stop(0);
    HttpsServer impostor = api(key, jose.generate(SignatureAlgorithm.ES256, random));
    try {
      assertThatThrownBy(() -> client.call(tokens, ResourceRequest.get(world.accounts())))
          .isInstanceOf(ProtocolViolation.class);
    } finally {
      impostor.stop(0);
    }
  }
}
