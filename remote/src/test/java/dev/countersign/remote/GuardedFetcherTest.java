package dev.countersign.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.remote.RemoteException.Kind;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestTls;
import java.net.InetAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedFetcherTest {
  private static final int MAX_BYTES = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final SSLContext TRUST = TestTls.LOCALHOST.trust();

  private final ScriptedServer server = new ScriptedServer();
  private final GuardedFetcher fetcher = fetcher(AddressRule.any());

  @AfterEach
  void stop() {
    server.close();
  }

  private static GuardedFetcher fetcher(AddressRule rule) {
    return new GuardedFetcher(TRUST, rule, PATIENCE, MAX_BYTES);
  }

  @Test
  void givesTheObjectBack() throws RemoteException, Exception {
    server.on("/doc", r -> Reply.text(200, "{\"a\":\"b\"}"));
    assertThat(fetcher.json(server.uri("/doc")).string("a")).contains("b");
    assertThat(server.received("/doc").getFirst().method()).isEqualTo("GET");
  }

  @Test
  @Requirement({"DC-5", "A1-46"})
  void refusesThisMachineBeforeAnythingIsSent() {
    server.on("/doc", r -> Reply.text(200, "{}"));
    assertThat(failure(fetcher(AddressRule.publicOnly()), server.uri("/doc")))
        .isEqualTo(Kind.REFUSED_ADDRESS);
    URI literal = URI.create(server.uri("/doc").toString().replace("localhost", "127.0.0.1"));
    assertThat(failure(fetcher(AddressRule.publicOnly()), literal)).isEqualTo(Kind.REFUSED_ADDRESS);
    assertThat(server.received()).isEmpty();
  }

  /** What a name server does that gives another answer the second time (DNS rebinding). */
  @Test
  @Requirement({"DC-5", "A1-46"})
  void refusesAConnectionThatEndsElsewhereThanTheNameSaid() throws Exception {
    server.on("/doc", r -> Reply.text(200, "{}"));
    int looks = InetAddress.getAllByName("localhost").length;
    AtomicInteger asked = new AtomicInteger();
    GuardedFetcher rebound = fetcher(address -> asked.incrementAndGet() <= looks);
    assertThat(failure(rebound, server.uri("/doc"))).isEqualTo(Kind.REFUSED_ADDRESS);
    assertThat(asked).hasValueGreaterThan(looks);
    assertThat(server.received()).isEmpty();
  }

  @Test
  @Requirement({"SP-5.2.1-1", "SP-5.4.2-1"})
  void sendsNothingOverPlainHttp() {
    assertThat(failure(fetcher, URI.create("http://localhost:1/doc"))).isEqualTo(Kind.INSECURE_URL);
    assertThat(failure(fetcher, URI.create("https://user@localhost/doc")))
        .isEqualTo(Kind.INSECURE_URL);
  }

  @Test
  @Requirement({"SP-5.4.2-1", "DC-5"})
  void refusesAPortThatCannotBeAsAnyOtherFault() {
    assertThat(failure(fetcher, URI.create("https://127.0.0.1:65536/doc")))
        .isEqualTo(Kind.INSECURE_URL);
    assertThat(failure(fetcher, URI.create("https://127.0.0.1:65535/doc")))
        .isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  @Requirement({"DC-5", "A1-46"})
  void doesNotFollowARedirect() {
    server.on("/doc", r -> Reply.text(302, "").with("Location", server.uri("/other").toString()));
    server.on("/other", r -> Reply.text(200, "{}"));
    assertThat(failure(fetcher, server.uri("/doc"))).isEqualTo(Kind.STATUS);
    assertThat(server.received("/other")).isEmpty();
  }

  @Test
  void takesStatus200Only() {
    for (int status : new int[] {201, 401, 404, 500}) {
      server.on("/doc", r -> Reply.text(status, "{}"));
      assertThat(failure(fetcher, server.uri("/doc"))).isEqualTo(Kind.STATUS);
    }
  }

  @Test
  @Requirement({"DC-5", "ATT-85"})
  void takesADocumentOfExactlyTheBoundAndNotOneByteMore() throws RemoteException {
    server.on("/doc", r -> Reply.text(200, filled(MAX_BYTES)));
    assertThat(fetcher.json(server.uri("/doc")).names()).containsExactly("a");
    server.on("/doc", r -> Reply.text(200, filled(MAX_BYTES + 1)));
    assertThat(failure(fetcher, server.uri("/doc"))).isEqualTo(Kind.TOO_LARGE);
  }

  @Test
  void refusesAnythingButOneJsonObject() {
    for (String body : List.of("", "[]", "{} {}", "{\"a\":1,\"a\":1}", "<html>")) {
      server.on("/doc", r -> Reply.text(200, body));
      assertThat(failure(fetcher, server.uri("/doc"))).as(body).isEqualTo(Kind.CONTENT);
    }
  }

  @Test
  @Requirement({"DC-5", "ATT-85"})
  void endsWhenTheBodyStalls() {
    GuardedFetcher impatient =
        new GuardedFetcher(TRUST, AddressRule.any(), Duration.ofMillis(700), MAX_BYTES);
    server.on("/doc", r -> Reply.text(200, "{\"a\":").stalled());
    assertThat(failure(impatient, server.uri("/doc"))).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void anInterruptionEndsTheWaitAndIsNotLost() {
    server.on("/doc", r -> Reply.text(200, "{\"a\":").stalled());
    Thread.currentThread().interrupt();
    assertThat(failure(fetcher, server.uri("/doc"))).isEqualTo(Kind.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void saysWhenNobodyListens() {
    URI gone = server.uri("/doc");
    server.close();
    assertThat(failure(fetcher, gone)).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure(fetcher, URI.create("https://nobody.invalid/doc")))
        .isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  @Requirement({"SP-5.2.1-5", "TLS-7"})
  void refusesACertificateForAnotherHost() {
    TestTls other = TestTls.forHost("other.example");
    try (ScriptedServer wrong = new ScriptedServer(other.server(), tls -> tls)) {
      GuardedFetcher trusting =
          new GuardedFetcher(other.trust(), AddressRule.any(), PATIENCE, MAX_BYTES);
      assertThat(failure(trusting, wrong.uri("/doc"))).isEqualTo(Kind.TLS);
      assertThat(wrong.received()).isEmpty();
    }
  }

  @Test
  @Requirement({"SP-5.2.1-5", "TLS-7"})
  void refusesAnAuthorityUnlessItIsNamedBesideThoseOfTheJdk() throws RemoteException {
    server.on("/doc", r -> Reply.text(200, "{}"));
    assertThat(failure(trusting(List.of()), server.uri("/doc"))).isEqualTo(Kind.TLS);
    assertThat(server.received()).isEmpty();
    assertThat(trusting(List.of(TestTls.LOCALHOST.certificate())).json(server.uri("/doc")).names())
        .isEmpty();
  }

  private static GuardedFetcher trusting(List<X509Certificate> authorities) {
    return new GuardedFetcher(Trust.jdkAnd(authorities), AddressRule.any(), PATIENCE, MAX_BYTES);
  }

  @Test
  @Requirement({"SP-5.2.2-2", "TLS-3"})
  void doesNotSpeakTls12WithACbcSuite() {
    try (ScriptedServer old =
        new ScriptedServer(
            TestTls.LOCALHOST.server(),
            tls -> {
              tls.setProtocols(new String[] {"TLSv1.2"});
              tls.setCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
              return tls;
            })) {
      assertThat(failure(fetcher, old.uri("/doc"))).isEqualTo(Kind.TLS);
    }
  }

  @Test
  void namesThePlaceButNotItsQuery() {
    assertThatThrownBy(() -> fetcher.json(server.uri("/doc?code=secret")))
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("/doc")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesBoundsThatAreNone() {
    for (Duration timeout : List.of(Duration.ZERO, Duration.ofSeconds(3601))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new GuardedFetcher(TRUST, AddressRule.any(), timeout, 1));
    }
    for (int maxBytes : List.of(0, 16 * 1024 * 1024 + 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new GuardedFetcher(TRUST, AddressRule.any(), PATIENCE, maxBytes));
    }
  }

  private static String filled(int bytes) {
    String frame = "{\"a\":\"\"}";
    return frame.replace("\"\"", "\"" + "x".repeat(bytes - frame.length()) + "\"");
  }

  private static Kind failure(JsonFetcher fetcher, URI place) {
    return catchThrowableOfType(RemoteException.class, () -> fetcher.json(place)).kind();
  }
}
