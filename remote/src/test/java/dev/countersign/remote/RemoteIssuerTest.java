package dev.countersign.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.remote.RemoteException.Kind;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestClock;
import dev.countersign.testkit.TestTls;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteIssuerTest {

  private static final String OPENID = "/t1/.well-known/openid-configuration";
  private static final String OAUTH = "/.well-known/oauth-authorization-server/t1";

  private final ScriptedServer server = new ScriptedServer();
  private final TestClock clock = new TestClock();
  private final Issuer issuer = new Issuer(server.uri("/t1").toString());
  private final HttpsFetcher fetcher =
      new HttpsFetcher(
          StrictTls.httpClient(TestTls.LOCALHOST.trust(), Duration.ofSeconds(10)),
          Duration.ofSeconds(10),
          64 * 1024);
  private final RemoteIssuer remote =
      new RemoteIssuer(
          fetcher,
          issuer,
          clock,
          new Freshness(Duration.ofHours(1), Duration.ofSeconds(30), Duration.ofHours(24)));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Requirement("SP-5.3.3.1-9")
  void takesEndpointsFromTheOpenIdLocation() throws RemoteException {
    server.on(OPENID, r -> Reply.json(200, metadata(issuer.value())));
    assertThat(remote.metadata().tokenEndpoint()).isEqualTo(server.uri("/token"));
    assertThat(server.received(OAUTH)).isEmpty();
  }

  @Test
  void asksTheOtherLocationWhenTheFirstHasNothing() throws RemoteException {
    server.on(OAUTH, r -> Reply.json(200, metadata(issuer.value())));
    assertThat(remote.metadata().issuer()).isEqualTo(issuer);
  }

  @Test
  void asksTheOtherLocationForNoOtherReason() {
    server.on(OPENID, r -> Reply.text(500, ""));
    server.on(OAUTH, r -> Reply.json(200, metadata(issuer.value())));
    assertThat(failure()).isEqualTo(Kind.STATUS);
    assertThat(server.received(OAUTH)).isEmpty();
  }

  @Test
  @Requirement("SP-5.3.3.1-11")
  void stopsAtTheMetadataOfAnotherIssuer() {
    server.on(OPENID, r -> Reply.json(200, metadata(issuer.value() + "/")));
    assertThat(failure()).isEqualTo(Kind.UNTRUSTED);
  }

  @Test
  @Requirement("SP-5.3.3.1-11")
  void stopsAtTheOtherLocationToo() {
    server.on(OAUTH, r -> Reply.json(200, metadata("https://honest.example")));
    assertThat(failure()).isEqualTo(Kind.UNTRUSTED);
  }

  @Test
  @Requirement("SP-5.3.3.1-11")
  void stopsWhenGoodMetadataTurnsIntoThatOfAnotherIssuer() throws RemoteException {
    server.on(OPENID, r -> Reply.json(200, metadata(issuer.value())));
    remote.metadata();
    server.on(OPENID, r -> Reply.json(200, metadata("https://honest.example")));
    clock.advance(Duration.ofHours(2));
    assertThat(failure()).isEqualTo(Kind.UNTRUSTED);
  }

  @Test
  void refusesAFreshnessThatItsKeysCannotHaveWhenItIsMade() {
    Duration day = Duration.ofHours(24);
    assertThatCode(() -> withFreshness(day)).doesNotThrowAnyException();
    assertThatThrownBy(() -> withFreshness(day.plusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private RemoteIssuer withFreshness(Duration freshFor) {
    return new RemoteIssuer(
        fetcher, issuer, clock, new Freshness(freshFor, Duration.ZERO, Duration.ofDays(2)));
  }

  private Kind failure() {
    return catchThrowableOfType(RemoteException.class, remote::metadata).kind();
  }

  private JsonObject metadata(String named) {
    return JsonObject.builder()
        .put("issuer", named)
        .put("authorization_endpoint", server.uri("/authorize").toString())
        .put("token_endpoint", server.uri("/token").toString())
        .put("jwks_uri", server.uri("/jwks").toString())
        .put("pushed_authorization_request_endpoint", server.uri("/par").toString())
        .build();
  }
}
