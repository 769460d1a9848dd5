package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema takes what the reader takes, and refuses what an editor can see to be wrong. */
class ConfigSchemaTest {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final String text = ConfigKeys.describe().schema();
  private final Schema schema = REGISTRY.getSchema(text);

  private static List<String> faults(Schema schema, String input, InputFormat format) {
    return schema
        .validate(
            input, format, context -> context.executionConfig(c -> c.formatAssertionsEnabled(true)))
        .stream()
        .map(Object::toString)
        .toList();
  }

  private List<String> faults(String yaml) {
    return faults(schema, yaml, InputFormat.YAML);
  }

  @Test
  void isASchemaItself() {
    Schema all = REGISTRY.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));
    assertThat(faults(all, text, InputFormat.JSON)).isEmpty();
    assertThat(faults(all, text.replace("\"minItems\": 1", "\"minItems\": -1"), InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void takesTheExampleOfTheDocumentation() throws IOException {
    Path root = Path.of(System.getProperty("countersign.root"));
    String example = Files.readString(root.resolve("docs/examples/countersign.yaml"));
    assertThat(faults(example)).isEmpty();
  }

  @Test
  void takesEveryKeyAndTheLeast() {
    assertThat(faults(ConfigSamples.ALL)).isEmpty();
    assertThat(faults(ConfigSamples.LEAST)).isEmpty();
  }

  @Test
  void takesASectionWhoseKeysAreAllCommentedOut() {
    assertThat(faults(ConfigSamples.LEAST + "lifetimes:\n  # session: 8h\nclients:\n")).isEmpty();
    assertThat(faults(ConfigSamples.LEAST.replaceAll("(?s)tls:.*key.pem", "tls:"))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "issuer: https://auth.example.com/bank | issuer: http://auth.example.com",
        "issuer: https://auth.example.com/bank | issuer: https://auth.example.com?a=b",
        "issuer: https://auth.example.com/bank | # none",
        "key: server-key.pem                   | # none",
        "key: server-key.pem                   | pin: 1234",
        "port: 9443                            | port: 65536",
        "port: 9443                            | port: '9443'",
        "session: 1d                           | session: 1 day",
        "session: 1d                           | sesion: 1d",
        "refresh_token: 90d                    | refresh_token: never",
        "nonces: false                         | nonces: perhaps",
        "signing_alg: PS256                    | signing_alg: RS256",
        "client_id: app                        | client_id: the app",
        "- name: profile                       | - name: profile email",
        "jwks_file: machine.json               | # none",
        "kid: k1                               | d: secret",
        "'http://127.0.0.1/cb'                 | 'http://localhost/cb'",
        "'http://127.0.0.1/cb'                 | 'http://127.0.0.1.example/cb'",
        "'http://127.0.0.1/cb'                 | 'https://app.example.com/cb#x'",
        "grant_types: [client_credentials]     | grant_types: [password]",
        "grant_types: [client_credentials]     | grant_types: []",
        "scope: accounts                       | scope: [accounts]",
        "dpop_bound_access_tokens: true        | dpop_bound_access_tokens: maybe",
        "indicator: https://api.example.com    | indicator: /api",
        "name: Anna                            | sub: u-2"
      })
  void refusesWhatAnEditorCanSee(String right, String wrong) {
    assertThat(ConfigSamples.ALL).contains(right);
    assertThat(faults(ConfigSamples.ALL.replace(right, wrong))).isNotEmpty();
  }

  @Test
  void refusesAFileOfKeysBesideKeys() {
    String both = "jwks_file: machine.json\n    jwks: {keys: [{kty: EC}]}";
    assertThat(faults(ConfigSamples.ALL.replace("jwks_file: machine.json", both))).isNotEmpty();
  }

  @Test
  void demandsNoKeysOfAClientWhoseCertificateAnAuthoritySigned() {
    String method = "token_endpoint_auth_method: tls_client_auth";
    String without = ConfigSamples.ALL.replace("jwks_file: machine.json", method);
    assertThat(faults(without)).isEmpty();
    assertThat(faults(without.replace(method, method + "\n    jwks_file: machine.json"))).isEmpty();
    String other = method.replace("tls_client_auth", "self_signed_tls_client_auth");
    assertThat(faults(without.replace(method, other))).isNotEmpty();
  }

  @Test
  void refusesAPasswordThatIsNoHash() {
    assertThat(faults(ConfigSamples.ALL.replace("$argon2id$v=19", "hunter2"))).isNotEmpty();
  }
}
