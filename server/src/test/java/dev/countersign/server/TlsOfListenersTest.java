package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.OpensslClient;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenSSL's client finds at both listeners of a server. */
class TlsOfListenersTest {
  private static final String TWO = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384";

  @TempDir private static Path folder;
  private static Optional<TestServer> server = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(OpensslClient.isThere(), OpensslClient.MISSING);
    server =
        Optional.of(
            new TestServer(
                folder, yaml -> "mtls: {url: 'https://mtls.example.com', port: 0}\n" + yaml));
  }

  @AfterAll
  static void stop() {
    server.ifPresent(TestServer::close);
  }

  private static String get(String listener, String... options) {
    TestServer running = server.orElseThrow();
    int port = listener.equals("main") ? running.port() : running.mtlsPort();
    return new OpensslClient(port).get(options);
  }

  @ParameterizedTest
  @CsvSource({"main,-tls1", "main,-tls1_1", "mtls,-tls1", "mtls,-tls1_1"})
  @Requirement({"SP-5.2.1-2", "TLS-1"})
  void refuseOlderVersions(String listener, String version) {
    assertThat(get(listener, version, "-cipher", OpensslClient.ALL))
        .contains("Cipher is (NONE)", "alert protocol version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "mtls"})
  @Requirement({"SP-5.2.1-3", "SP-5.2.2-1", "SP-5.2.3-2", "TLS-2", "TLS-3"})
  void takeOfTls12WhatIsRecommendedAlone(String listener) {
    String others = OpensslClient.ALL + ":!" + TWO.replace(":", ":!");
    assertThat(get(listener, "-tls1_2", "-cipher", others))
        .contains("Cipher is (NONE)", "alert handshake failure");
    for (String suite : TWO.split(":", -1)) {
      assertThat(get(listener, "-tls1_2", "-ign_eof", "-cipher", suite))
          .contains("New, TLSv1.2, Cipher is " + suite)
          .contains("Secure Renegotiation IS supported", "Compression: NONE")
          .contains("Extended master secret: yes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "mtls"})
  @Requirement({"SP-5.2.1-2", "SP-5.2.3-1", "TLS-1", "TLS-4", "TLS-6"})
  void preferTls13TakeNoEarlyDataAndSayHsts(String listener) {
    assertThat(get(listener, "-ign_eof"))
        .contains("New, TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256")
        .contains("Max Early Data: 0")
        .contains("Strict-Transport-Security: max-age=63072000; includeSubDomains; preload");
  }

  @ParameterizedTest
  @CsvSource({"main,false", "mtls,true"})
  void askForACertificateOnTheSecondAlone(String listener, boolean asked) {
    assertThat(get(listener, "-tls1_2", "-ign_eof").contains("Client Certificate Types"))
        .isEqualTo(asked);
  }
}
