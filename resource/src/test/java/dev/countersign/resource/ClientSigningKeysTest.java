package dev.countersign.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteException;
import dev.countersign.remote.StrictTls;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientSigningKeysTest {
  private static final ClientId APP = new ClientId("app");
  private static final ClientId OTHER = new ClientId("other");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String JWKS = "/jwks.json";

  private final TestClock clock = new TestClock();
  private final ScriptedServer server = new ScriptedServer();
  private final HttpClient http = StrictTls.httpClient(TestTls.LOCALHOST.trust(), TIMEOUT);
  private final Map<ClientId, URI> places = new ConcurrentHashMap<>();

  private PublishedClientKeys published(int maxClients) {
    return new PublishedClientKeys(
        new HttpsFetcher(http, TIMEOUT, 64 * 1024),
        clock,
        client -> Optional.ofNullable(places.get(client)),
        maxClients);
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  private void publishes(ClientId client, String path, SigningKey... keys) {
    places.put(client, server.uri(path));
    server.on(path, r -> Reply.json(200, of(keys).toJson()));
  }

  private static JwkSet of(SigningKey... keys) {
    return JwkSet.of(List.of(keys).stream().map(SigningKey::publicJwk).toList());
  }

  @Test
  @Requirement("HS-5.3.1.2-1")
  void hasTheKeysOfEachClientAndNoneOfAnyOther() throws Exception {
    ClientSigningKeys keys = ClientSigningKeys.fixed(Map.of(APP, of(Scene.CLIENT_KEY)));
    assertThat(keys.of(APP, Scene.CLIENT_KEY.kid())).isEqualTo(of(Scene.CLIENT_KEY));
    assertThat(keys.of(OTHER, Scene.CLIENT_KEY.kid()).keys()).isEmpty();
  }

  @Test
  @Requirement("HS-5.3.1.2-1")
  void fetchesWhatTheClientPublishesOnceForManyRequests() throws Exception {
    ClientSigningKeys keys = published(10);
    publishes(APP, JWKS, Scene.CLIENT_KEY);
    for (int i = 0; i < 3; i++) {
      assertThat(keys.of(APP, Scene.CLIENT_KEY.kid())).isEqualTo(of(Scene.CLIENT_KEY));
    }
    assertThat(server.received(JWKS)).hasSize(1);
  }

  @Test
  @Requirement("HS-5.3.1.2-1")
  void asksNobodyAboutAClientThatPublishesNothing() throws Exception {
    assertThat(published(10).of(OTHER, "k").keys()).isEmpty();
    assertThat(server.received()).isEmpty();
  }

  @Test
  @Requirement({"HS-5.3.1.2-1", "SP-6.8-1"})
  void looksAgainForAKeyThatIsNewButNotMoreOftenThanEvery30Seconds() throws Exception {
    ClientSigningKeys keys = published(10);
    publishes(APP, JWKS, Scene.CLIENT_KEY);
    keys.of(APP, Scene.CLIENT_KEY.kid());
    publishes(APP, JWKS, Scene.OTHER_KEY);
    assertThat(keys.of(APP, Scene.OTHER_KEY.kid())).isEqualTo(of(Scene.CLIENT_KEY));
    clock.advance(Duration.ofSeconds(30));
    assertThat(keys.of(APP, Scene.OTHER_KEY.kid())).isEqualTo(of(Scene.OTHER_KEY));
    for (int i = 0; i < 3; i++) {
      keys.of(APP, "made up " + i);
    }
    assertThat(server.received(JWKS)).hasSize(2);
  }

  @Test
  @Requirement("HS-5.3.1.2-1")
  void saysWhenKeysAreNotToBeHad() {
    places.put(APP, server.uri("/nothing"));
    assertThatThrownBy(() -> published(10).of(APP, "k")).isInstanceOf(RemoteException.class);
  }

  @Test
  @Requirement("HS-5.3.1.2-1")
  void followsAClientThatPublishesElsewhere() throws Exception {
    ClientSigningKeys keys = published(10);
    publishes(APP, JWKS, Scene.CLIENT_KEY);
    keys.of(APP, Scene.CLIENT_KEY.kid());
    publishes(APP, "/moved", Scene.OTHER_KEY);
    assertThat(keys.of(APP, Scene.CLIENT_KEY.kid())).isEqualTo(of(Scene.OTHER_KEY));
  }

  @Test
  void keepsTheCopiesOfSoManyClientsAndForgetsWhoCalledLongestAgo() throws Exception {
    ClientSigningKeys keys = published(2);
    publishes(APP, JWKS, Scene.CLIENT_KEY);
    publishes(OTHER, "/other", Scene.OTHER_KEY);
    publishes(new ClientId("third"), "/third", Scene.OTHER_KEY);
    keys.of(APP, Scene.CLIENT_KEY.kid());
    keys.of(OTHER, Scene.OTHER_KEY.kid());
    keys.of(APP, Scene.CLIENT_KEY.kid());
    keys.of(new ClientId("third"), Scene.OTHER_KEY.kid());
    keys.of(APP, Scene.CLIENT_KEY.kid());
    keys.of(OTHER, Scene.OTHER_KEY.kid());
    assertThat(server.received(JWKS)).hasSize(1);
    assertThat(server.received("/other")).hasSize(2);
  }
}
