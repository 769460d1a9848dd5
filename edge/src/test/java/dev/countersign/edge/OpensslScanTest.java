package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.OpensslClient;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What OpenSSL's client finds at a listener of each kind: one that asks for certificates, and one
 * that does not and has had its identities replaced.
 */
class OpensslScanTest {
  private static final List<String> RECOMMENDED =
      List.of(
          "ECDHE-ECDSA-AES128-GCM-SHA256",
          "ECDHE-ECDSA-AES256-GCM-SHA384",
          "ECDHE-RSA-AES128-GCM-SHA256",
          "ECDHE-RSA-AES256-GCM-SHA384");
  private static final String NOTHING = "Cipher is (NONE)";
  private static final int MAX_EARLY_DATA = 15;

  private static final BlockingQueue<List<X509Certificate>> SEEN = new LinkedBlockingQueue<>();
  private static Served plain;
  private static Served wanting;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(OpensslClient.isThere(), OpensslClient.MISSING);
    Handler handler =
        request -> {
          SEEN.add(request.clientCertificates());
          return HttpResponse.empty(204);
        };
    plain = Served.by(handler);
    plain.show(Certificates.RSA.identity(), Certificates.EC.identity());
    wanting = Served.by(handler, server -> server.clientCertificates(ClientCertificates.WANTED));
    byte[] root = Certificates.ROOT.certificate().getEncoded();
    Files.writeString(folder.resolve("root.pem"), TestTls.pem("CERTIFICATE", root));
  }

  @AfterAll
  static void stop() {
    Stream.of(plain, wanting).filter(served -> served != null).forEach(Served::close);
  }

  private static OpensslClient client(ClientCertificates of) {
    return new OpensslClient(
        switch (of) {
          case NONE -> plain.port();
          case WANTED -> wanting.port();
        });
  }

  /** What OpenSSL says of a whole request, the certificate checked. */
  private static String get(ClientCertificates of, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(
        List.of(
            "-ign_eof",
            "-verify_return_error",
            "-verify_hostname",
            "localhost",
            "-CAfile",
            folder.resolve("root.pem").toString()));
    return client(of).get(all.toArray(String[]::new));
  }

  static Stream<String> others() {
    // The listener that does not ask stands for both: they have one list.
    return OpensslClient.isThere()
        ? OpensslClient.suitesOfTls12().stream().filter(suite -> !RECOMMENDED.contains(suite))
        : Stream.of("none");
  }

  @ParameterizedTest
  @MethodSource("others")
  @Requirement({"SP-5.2.1-3", "SP-5.2.2-1", "SP-5.2.3-2", "TLS-2", "TLS-3"})
  void refusesEachSuiteOfTls12ButFour(String suite) {
    assertThat(get(ClientCertificates.NONE, "-tls1_2", "-cipher", suite + ":@SECLEVEL=0"))
        .contains(NOTHING)
        .contains("alert handshake failure")
        .doesNotContain("HTTP/1.1");
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"SP-5.2.2-1", "TLS-2", "TLS-3"})
  void refusesAllOfThemAtOnce(ClientCertificates of) {
    String others = OpensslClient.ALL + ":!" + String.join(":!", RECOMMENDED);
    assertThat(get(of, "-tls1_2", "-cipher", others))
        .contains(NOTHING)
        .contains("alert handshake failure");
  }

  static Stream<Arguments> recommended() {
    return Stream.of(ClientCertificates.values())
        .flatMap(of -> RECOMMENDED.stream().map(suite -> Arguments.of(of, suite)));
  }

  @ParameterizedTest
  @MethodSource("recommended")
  @Requirement({"SP-5.2.1-3", "SP-5.2.2-1", "SP-5.2.3-2", "TLS-1", "TLS-2", "TLS-5"})
  void acceptsTheFour(ClientCertificates of, String suite) {
    assertThat(get(of, "-tls1_2", "-cipher", suite))
        .contains("New, TLSv1.2, Cipher is " + suite)
        .contains("Verification: OK")
        .contains("Secure Renegotiation IS supported")
        .contains("Compression: NONE")
        .contains("Extended master secret: yes")
        .contains("Peer signing digest: SHA256")
        .contains("HTTP/1.1 204 ");
  }

  @ParameterizedTest
  @CsvSource({"NONE,-tls1", "NONE,-tls1_1", "WANTED,-tls1", "WANTED,-tls1_1"})
  @Requirement({"SP-5.2.1-2", "TLS-1"})
  void refusesOlderVersions(ClientCertificates of, String version) {
    assertThat(get(of, version, "-cipher", OpensslClient.ALL))
        .contains(NOTHING)
        .contains("alert protocol version");
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"TLS-5"})
  void signsWithNothingWeakerThanSha256(ClientCertificates of) {
    assertThat(get(of, "-tls1_2", "-cipher", OpensslClient.ALL, "-sigalgs", "RSA+SHA1:ECDSA+SHA1"))
        .contains(NOTHING)
        .contains("alert handshake failure");
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"SP-5.2.1-2", "TLS-1", "TLS-4", "TLS-6"})
  void prefersTls13AndItsFirstSuite(ClientCertificates of) {
    assertThat(
            get(
                of,
                "-ciphersuites",
                "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256"))
        .contains("New, TLSv1.3, Cipher is TLS_AES_128_GCM_SHA256")
        .contains("Verification: OK")
        .contains("Compression: NONE")
        .contains("Max Early Data: 0")
        .contains("HTTP/1.1 204 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256"
      })
  @Requirement({"TLS-4"})
  void acceptsEachSuiteOfTls13(String suite) {
    for (ClientCertificates of : ClientCertificates.values()) {
      assertThat(get(of, "-tls1_3", "-ciphersuites", suite))
          .contains("New, TLSv1.3, Cipher is " + suite);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_8_SHA256"})
  @Requirement({"TLS-4"})
  void refusesTheOtherSuitesOfTls13(String suite) {
    for (ClientCertificates of : ClientCertificates.values()) {
      assertThat(get(of, "-tls1_3", "-ciphersuites", suite))
          .contains(NOTHING)
          .contains("alert handshake failure");
    }
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"TLS-5"})
  void answersAClientThatNamesNoServerOrAnother(ClientCertificates of) {
    assertThat(get(of, "-noservername")).contains("Verification: OK", "HTTP/1.1 204 ");
    assertThat(get(of, "-servername", "other.example")).contains("HTTP/1.1 204 ");
  }

  /** {@code R} has OpenSSL's client ask for it. */
  @ParameterizedTest
  @EnumSource
  @Requirement({"TLS-5"})
  void renegotiatesWithNobody(ClientCertificates of) {
    String said = client(of).connect("R\n", "-tls1_2");
    assertThat(said).contains("RENEGOTIATING").doesNotContain("verify return:1\n---\n");
    assertThat(said.substring(said.indexOf("RENEGOTIATING"))).doesNotContain("depth=");
  }

  /**
   * OpenSSL sends early data only to who invited it. Here its notes of the session are forged to
   * say so, and nobody takes what it sends.
   */
  @ParameterizedTest
  @EnumSource
  @Requirement({"TLS-6"})
  void takesNoEarlyData(ClientCertificates of) throws Exception {
    Path session = folder.resolve("session-" + of + ".pem");
    Path early = folder.resolve("early.txt");
    Files.writeString(early, "GET /early HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(get(of, "-tls1_3", "-sess_out", session.toString())).contains("Max Early Data: 0");
    String[] again = {
      "-tls1_3", "-sess_in", session.toString(), "-early_data", early.toString(),
    };
    assertThat(get(of, again))
        .contains("Reused, TLSv1.3")
        .contains("Early data was not sent")
        .contains("HTTP/1.1 204 ");
    invite(session);
    SEEN.clear();
    assertThat(get(of, again)).contains("Reused, TLSv1.3").contains("Early data was rejected");
    assertThat(SEEN).isEmpty();
  }

  /** Adds {@code max_early_data} to OpenSSL's own form of a session. */
  private static void invite(Path session) throws IOException {
    String pem = Files.readString(session);
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    List<ASN1Encodable> fields = new ArrayList<>();
    ASN1Sequence.getInstance(der).forEach(fields::add);
    fields.add(new DERTaggedObject(true, MAX_EARLY_DATA, new ASN1Integer(16384)));
    fields.sort(
        Comparator.comparingInt(
            field -> field instanceof ASN1TaggedObject tagged ? tagged.getTagNo() : -1));
    ASN1EncodableVector all = new ASN1EncodableVector();
    fields.forEach(all::add);
    Files.writeString(
        session, TestTls.pem("SSL SESSION PARAMETERS", new DERSequence(all).getEncoded()));
  }

  @ParameterizedTest
  @CsvSource({"EC,-tls1_2", "EC,-tls1_3", "RSA,-tls1_2", "RSA,-tls1_3", "Ed25519,-tls1_3"})
  @Requirement({"MT-7"})
  void handsOnTheCertificateOfAClientOfEachKind(String algorithm, String version) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("RSA")) {
      generator.initialize(2048);
    }
    KeyPair keys = generator.generateKeyPair();
    TestClient client = TestClient.selfSigned(keys);
    Path certificate = folder.resolve("client-" + algorithm + ".pem");
    Path key = folder.resolve("client-key-" + algorithm + ".pem");
    Files.writeString(
        certificate, TestTls.pem("CERTIFICATE", client.chain().getFirst().getEncoded()));
    Files.write(key, TestTls.pem("PRIVATE KEY", keys.getPrivate().getEncoded()).getBytes(US_ASCII));
    SEEN.clear();
    String[] options = {version, "-cert", certificate.toString(), "-key", key.toString()};
    assertThat(get(ClientCertificates.WANTED, options)).contains("HTTP/1.1 204 ");
    assertThat(SEEN.remove()).isEqualTo(client.chain());
    assertThat(get(ClientCertificates.NONE, options)).contains("HTTP/1.1 204 ");
    assertThat(SEEN.remove()).isEmpty();
  }

  @Test
  void asksForCertificatesWithoutNamingWhoMustHaveSignedThem() {
    assertThat(get(ClientCertificates.WANTED, "-tls1_2"))
        .contains("Client Certificate Types: ", "No client certificate CA names sent");
    assertThat(get(ClientCertificates.NONE, "-tls1_2")).doesNotContain("Client Certificate Types");
  }
}
