package dev.countersign.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.remote.RemoteException.Kind;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestTls;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class StrictTlsTest {

  @Test
  @Requirement({"SP-5.2.1-2", "SP-5.2.2-2", "TLS-1", "TLS-2", "TLS-3", "TLS-4"})
  void offersTls13And12WithTheRecommendedSuitesOnly() {
    SSLParameters offered = StrictTls.parameters();
    assertThat(offered.getProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
    assertThat(offered.getCipherSuites())
        .containsExactlyInAnyOrder(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
  }

  @Test
  @Requirement({"SP-5.2.2-2", "SP-5.2.1-3"})
  void speaksTls12WithARecommendedSuite() {
    assertThat(outcome(tls12("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))).isEqualTo("fetched");
  }

  @Test
  @Requirement({"SP-5.2.2-2", "SP-5.2.1-3", "TLS-3"})
  void doesNotSpeakTls12WithACbcSuite() {
    assertThat(outcome(tls12("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"))).isEqualTo("TLS");
  }

  @Test
  @Requirement({"SP-5.2.1-5", "TLS-7", "ATT-22"})
  void refusesACertificateForAnotherHost() {
    TestTls other = TestTls.forHost("other.example");
    try (ScriptedServer server = new ScriptedServer(other.server(), tls -> tls)) {
      assertThat(failure(server, other.trust())).isEqualTo(Kind.TLS);
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  @Requirement({"SP-5.2.1-5", "TLS-7", "ATT-22"})
  void refusesACertificateOfAnUnknownAuthority() {
    try (ScriptedServer server = new ScriptedServer()) {
      assertThat(failure(server, TestTls.forHost("localhost").trust())).isEqualTo(Kind.TLS);
    }
  }

  @Test
  @Requirement({"SP-5.2.1-5", "TLS-7"})
  void refusesToWorkWhileHostNamesAreNotChecked() {
    String property = "jdk.internal.httpclient.disableHostnameVerification";
    System.setProperty(property, "true");
    try {
      assertThatThrownBy(() -> StrictTls.httpClient(SSLContext.getDefault(), Duration.ofSeconds(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(property);
    } finally {
      System.clearProperty(property);
    }
  }

  private static SSLParameters tls12(String suite) {
    return new SSLParameters(new String[] {suite}, new String[] {"TLSv1.2"});
  }

  private static String outcome(SSLParameters ofTheServer) {
    try (ScriptedServer server =
        new ScriptedServer(TestTls.LOCALHOST.server(), tls -> ofTheServer)) {
      server.on("/", r -> Reply.text(200, "{}"));
      fetcher(TestTls.LOCALHOST.trust()).json(server.uri("/"));
      return "fetched";
    } catch (RemoteException e) {
      return e.kind().name();
    }
  }

  private static Kind failure(ScriptedServer server, SSLContext trust) {
    return catchThrowableOfType(RemoteException.class, () -> fetcher(trust).json(server.uri("/")))
        .kind();
  }

  private static HttpsFetcher fetcher(SSLContext trust) {
    Duration timeout = Duration.ofSeconds(10);
    return new HttpsFetcher(StrictTls.httpClient(trust, timeout), timeout, 1000);
  }
}
