package dev.countersign.attacker.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.testkit.TestTls;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, certificates, passwords and tokens: what is taken, and what no message tells. */
class TargetSecretsTest {
  private static final String LEAST =
      """
      issuer: https://as.example.com
      allow: [as.example.com:443]
      clients:
        - client_id: app-1
          key: app-1.jwk.json
          redirect_uri: https://app-1.example.com/callback
          certificate: app-1.pem
          certificate_key: app-1-key.pem
      """;
  private static final Map<String, String> ENVIRONMENT =
      Map.of("ALICE", "won$1der${ALICE}\\land", "EMPTY", "");
  private static final TestTls OTHER = TestTls.forHost("other");

  @TempDir private Path temp;
  private TargetFolder folder;

  @BeforeEach
  void writeKeys() {
    folder = new TargetFolder(temp);
    folder.privateJwk("app-1");
    folder.certificate("app-1", TestTls.LOCALHOST);
  }

  private Target read(String more) throws InvalidTargetException {
    return folder.read(LEAST + more, ENVIRONMENT);
  }

  private AbstractThrowableAssert<?, ?> refused(String more) {
    return assertThatThrownBy(() -> read(more)).isInstanceOf(InvalidTargetException.class);
  }

  private static String user(String fill) {
    return "users:\n  - name: alice\n    fill: " + fill + "\n";
  }

  private TestClient client() throws InvalidTargetException {
    return read("").clients().getFirst();
  }

  @Test
  void readsAKeyOfEachAlgorithm() throws Exception {
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      SigningKey key = Jose.jdk().generate(algorithm, new SecureRandom());
      folder.secret("app-1.jwk.json", key.toPrivateJwk().toJson());
      assertThat(client().key().orElseThrow().thumbprint()).isEqualTo(key.thumbprint());
    }
  }

  @Test
  void readsASetOfOneKey() throws Exception {
    String jwk = TargetFolder.KEY.toPrivateJwk().toJson();
    folder.secret("app-1.jwk.json", "{\"keys\":[" + jwk + "]}");
    assertThat(client().key().orElseThrow().kid()).isEqualTo(TargetFolder.KEY.kid());
    folder.secret("app-1.jwk.json", "{\"keys\":[" + jwk + "," + jwk + "]}");
    refused("").hasMessageContaining("app-1.jwk.json holds a set of 2 keys: leave the one");
    folder.secret("app-1.jwk.json", "{\"keys\":[]}");
    refused("").hasMessageContaining("app-1.jwk.json holds a set of 0 keys");
  }

  @Test
  void refusesAPublicKeyWhereAPrivateOneIsNeeded() {
    folder.publicJwk("app-1");
    refused("")
        .hasMessageContaining("attack.yaml:5: clients[0].key: ")
        .hasMessageContaining("app-1.jwk.json holds a public key: its private one is needed")
        .hasMessageContaining("\n    for example: key: app-1.jwk.json");
  }

  @Test
  void refusesAPrivateKeyWhereAPublicOneIsNeeded() {
    refused("resources: [{url: 'https://as.example.com/a', key: app-1.jwk.json}]\n")
        .hasMessageContaining("attack.yaml:9: resources[0].key: ")
        .hasMessageContaining("holds a private key: its public half alone is needed");
  }

  @Test
  void refusesAPrivateKeyWhoseHalvesDiffer() {
    SigningKey other = Jose.jdk().generate(SignatureAlgorithm.ES256, new SecureRandom());
    String d = other.toPrivateJwk().memberJson("d").orElseThrow();
    String own = TargetFolder.KEY.toPrivateJwk().memberJson("d").orElseThrow();
    folder.secret("app-1.jwk.json", TargetFolder.KEY.toPrivateJwk().toJson().replace(own, d));
    refused("")
        .hasMessageContaining("app-1.jwk.json holds no key for PS256, ES256 or EdDSA")
        .hasMessageNotContaining(d.replace("\"", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "no JSON", "-----BEGIN PRIVATE KEY-----"})
  void refusesAFileThatIsNoJwk(String content) {
    folder.secret("app-1.jwk.json", content);
    refused("").hasMessageContaining("app-1.jwk.json holds no JWK: ");
  }

  @ParameterizedTest
  @CsvSource({"app-1.jwk.json, key", "app-1-key.pem, certificate_key"})
  void refusesAPrivateKeyThatIsOpenToOthers(String file, String key) throws Exception {
    folder.chmod(file, "rw----r--");
    refused("")
        .hasMessageContaining("clients[0]." + key + ": ")
        .hasMessageContaining(file + " holds a private key and is open to others (rw----r--)")
        .hasMessageContaining("chmod 600 it");
    folder.chmod(file, "r--------");
    assertThat(client().id().value()).isEqualTo("app-1");
  }

  @Test
  void readsACertificateWithThoseAboveIt() throws Exception {
    folder.write("app-1.pem", TargetFolder.pem(TestTls.LOCALHOST) + "\n" + TargetFolder.pem(OTHER));
    assertThat(client().certificate().orElseThrow().chain())
        .containsExactly(TestTls.LOCALHOST.certificate(), OTHER.certificate());
  }

  @Test
  void refusesACertificateAndAKeyThatDoNotBelongTogether() {
    folder.write("app-1.pem", TargetFolder.pem(OTHER));
    refused("")
        .hasMessageContaining("attack.yaml:8: clients[0].certificate_key: ")
        .hasMessageContaining("holds another key than that of the certificate CN=")
        .hasMessageContaining("\n    for example: certificate_key: app-1-key.pem");
  }

  @ParameterizedTest
  @CsvSource({
    "ENCRYPTED PRIVATE KEY, holds an encrypted private key",
    "EC PRIVATE KEY, holds a key in the old form EC PRIVATE KEY"
  })
  void refusesAKeyThatIsNotPlainPkcs8AndSaysHowToConvertIt(String label, String fault) {
    folder.secret("app-1-key.pem", TestTls.pem(label, TestTls.LOCALHOST.key().getEncoded()));
    refused("").hasMessageContaining(fault).hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
  }

  @ParameterizedTest
  @CsvSource({
    "app-1.pem, clients[0].certificate: , holds no certificate",
    "app-1-key.pem, clients[0].certificate_key: , must hold one private key"
  })
  void refusesAPemFileWithoutWhatIsNeeded(String file, String key, String fault) {
    folder.secret(file, "nothing");
    refused("").hasMessageContaining(key).hasMessageContaining(fault);
  }

  @ParameterizedTest
  @CsvSource({
    "certificate, clients[0].certificate: is missing: certificate_key is the key to one",
    "certificate_key, clients[0].certificate_key: is missing: a certificate needs its key"
  })
  void refusesACertificateOrKeyAlone(String key, String fault) {
    String alone = LEAST.replace("    " + key + ":", "    #");
    assertThatThrownBy(() -> folder.read(alone, ENVIRONMENT)).hasMessageContaining(fault);
  }

  @Test
  void refusesAListenerWhoseCertificateIsNoServers() {
    TestTls client =
        dev.countersign.testkit.TestCertificate.selfSigned("CN=client").forClients().make();
    folder.certificate("evil", client);
    refused(
            """
            listener:
              listen: "127.0.0.1:0"
              url: https://as.example.com
              certificate: evil.pem
              certificate_key: evil-key.pem
            """)
        .hasMessageContaining("attack.yaml:12: listener.certificate: is none for a server: ")
        .hasMessageContaining("lacks the extended key usage serverAuth");
  }

  @Test
  void readsWhomToTrust() throws Exception {
    folder.write("ca.pem", TargetFolder.pem(OTHER));
    assertThat(read("trust: ca.pem\n").trust()).containsExactly(OTHER.certificate());
    refused("trust: ca-2.pem\n")
        .hasMessageContaining("attack.yaml:9: trust: ")
        .hasMessageContaining("ca-2.pem: there is no such file");
  }

  @Test
  void takesPasswordsFromTheEnvironmentAsTheyAre() throws Exception {
    String fill = "{username: alice, password: \"${ALICE}\", code: \"a ${ALICE} b\", plain: $x}";
    TestUser user = read(user(fill) + "    press: [login]\n").users().getFirst();
    assertThat(user.name()).isEqualTo("alice");
    assertThat(user.press()).containsExactly("login");
    assertThat(user.fill())
        .isEqualTo(
            Map.of(
                "username",
                "alice",
                "password",
                "won$1der${ALICE}\\land",
                "code",
                "a won$1der${ALICE}\\land b",
                "plain",
                "$x"));
  }

  @Test
  void takesAVariableWithoutQuotesOnALineOfItsOwn() throws Exception {
    String fill = "\n      password: ${ALICE}";
    assertThat(read(user(fill)).users().getFirst().fill())
        .isEqualTo(Map.of("password", "won$1der${ALICE}\\land"));
  }

  @Test
  void saysThatAVariableInBracesNeedsQuotes() {
    refused(user("{username: alice, password: ${ALICE}}"))
        .hasMessageContaining("attack.yaml:11: is not valid YAML")
        .hasMessageContaining("for example: password: \"${ALICE_PASSWORD}\", with quotes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BOB", "EMPTY"})
  void refusesAVariableThatIsNotSet(String name) {
    refused(user("{password: \"${" + name + "}\"}"))
        .hasMessageContaining(
            "attack.yaml:11: users[0].fill: 'password' needs the environment variable "
                + name
                + ", which is not set");
  }

  @Test
  void takesVariablesForSecretsAlone() {
    refused("trust: ${ALICE}\n")
        .hasMessageContaining("trust: must be text; environment variables are for fill and token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}|must be a section: the names of form fields",
        "hunter2|must be a section: the names of form fields",
        "{password: 123456}|'password' must be text; put quotes around it",
        "{password: ''}|'password' must not be empty",
        "{password: [hunter2]}|'password' must be text",
        "{password: '${hunter2!}'}|'password' must name an environment variable in ${}",
        "{password: hunter2, password: b}|'password' stands here twice",
        "{password: !hunter2!x y}|is not valid YAML: put quotes around text",
        "{password: *hunter2}|aliases (*name) are not read",
      })
  void refusesWhatCannotBeTypedWithoutTellingIt(String fill, String fault) {
    refused(user(fill))
        .hasMessageContaining(fault)
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining("123456");
  }

  @Test
  void refusesTwoUsersOfOneName() throws Exception {
    String two = user("{username: a}") + "  - name: mallory\n    fill: {username: b}\n";
    assertThat(read(two).users()).hasSize(2);
    refused(two.replace("mallory", "alice"))
        .hasMessageContaining("attack.yaml:12: users[1].name: is another user's already");
  }

  @Test
  void readsHowToRegister() throws Exception {
    TestRegistration registration =
        read("registration: {token: t0, metadata: {scope: openid, n: [1, true]}}\n")
            .registration()
            .orElseThrow();
    assertThat(registration.token().orElseThrow().reveal()).isEqualTo("t0");
    assertThat(registration.metadata().toJson()).isEqualTo("{\"scope\":\"openid\",\"n\":[1,true]}");
    TestRegistration open = read("registration: {}\n").registration().orElseThrow();
    assertThat(open.token()).isEmpty();
    assertThat(open.metadata().names()).isEmpty();
  }

  @Test
  void refusesATokenThatCanBeNoneWithoutTellingIt() {
    refused("registration: {token: hunter2 b}\n")
        .hasMessageContaining("registration.token: must be 1 to 4096 visible ASCII characters")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void tellsNothingOfSecretsInItsTextForm() throws Exception {
    Target target = read(user("{password: hunter2}") + "registration: {token: tok-1}\n");
    String own = TargetFolder.KEY.toPrivateJwk().memberJson("d").orElseThrow();
    assertThat(target.toString()).doesNotContain("hunter2", "tok-1", own.replace("\"", ""));
  }
}
