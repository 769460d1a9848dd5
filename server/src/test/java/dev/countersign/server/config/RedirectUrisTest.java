package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.requirement.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUrisTest {
  @TempDir Path folder;

  @BeforeEach
  void files() throws Exception {
    Files.writeString(folder.resolve("server.pem"), "");
    Files.writeString(folder.resolve("server-key.pem"), "");
    Files.writeString(folder.resolve("keys.json"), ConfigSamples.KEYS);
  }

  private static String with(String uri) {
    return ConfigSamples.LEAST
        + """
        clients:
          - client_id: app
            name: The App
            jwks_file: keys.json
            redirect_uris: ['%s', 'https://app.example.com/other']
            grant_types: [authorization_code]
            scope: openid
        """
            .formatted(uri);
  }

  private Config read(String uri) throws ConfigException {
    return ConfigFile.parse("countersign.yaml", with(uri), folder);
  }

  private ConfigProblem problem(String uri) {
    List<ConfigProblem> problems =
        catchThrowableOfType(ConfigException.class, () -> read(uri)).problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  @ParameterizedTest
  @Requirement({"SP-5.3.2.2-8", "SP-5.3.2.2-7"})
  @ValueSource(
      strings = {
        "https://app.example.com/cb",
        "https://app.example.com:8443/cb",
        "https://app.example.com",
        "https://localhost/cb",
        "http://127.0.0.1/cb",
        "http://127.0.0.1:4711/cb",
        "http://[::1]/cb",
        "http://[::1]:4711",
        "https://app.example.com/cb?",
        "https://app.example.com/cb?a=b&a=c",
        "https://app.example.com/cb?codes=1&my_state=2&issuer=3"
      })
  void takes(String uri) throws ConfigException {
    assertThat(read(uri).clients().getFirst().redirectUris()).contains(new RedirectUri(uri));
  }

  @ParameterizedTest
  @Requirement({"SP-5.3.2.2-8", "BCP-2.1-1"})
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "http://app.example.com/cb           | absolute https URL, or http on 127.0.0.1",
        "http://127.0.0.1.example.com/cb     | absolute https URL, or http on 127.0.0.1",
        "http://127.0.0.2/cb                 | absolute https URL, or http on 127.0.0.1",
        "http:app                            | absolute https URL, or http on 127.0.0.1",
        "http://localhost/cb                 | in place of localhost",
        "http://localhost:4711/cb            | in place of localhost",
        "http://LOCALHOST                    | in place of localhost",
        "com.example.app:/cb                 | scheme of its own",
        "app://cb                            | scheme of its own",
        "javascript:alert(1)                 | scheme of its own",
        "data:text/html,x                    | scheme of its own",
        "https://app.example.com/cb#x        | must not have a fragment",
        "https://app.example.com/cb#         | must not have a fragment",
        "https://*.example.com/cb            | without wildcards",
        "https://app.example.com/*           | without wildcards",
        "http://127.0.0.1:*/cb               | without wildcards",
        "https://anna@app.example.com/cb     | without user",
        "https://app.example.com@evil.example | without user",
        "http://anna@127.0.0.1/cb            | absolute https URL",
        "https:///cb                         | with a host",
        "HTTPS://app.example.com/cb          | well-formed",
        "/cb                                 | absolute https URL",
        "app.example.com/cb                  | absolute https URL"
      })
  void refusesAndSaysWhy(String uri, String fault) {
    ConfigProblem problem = problem(uri);
    assertThat(problem.key()).isEqualTo("clients[0].redirect_uris[0]");
    assertThat(problem.fault()).contains(fault).doesNotContain("evil");
    assertThat(problem.fault()).containsAnyOf("SP-5.3.2.2-8", "BCP-2.1-1");
    assertThat(problem.example()).startsWith("redirect_uris: [https://");
  }

  @ParameterizedTest
  @Requirement("SP-5.3.2.2-7")
  @ValueSource(
      strings = {
        "code=1",
        "state=1",
        "iss=1",
        "error=1",
        "error_description=1",
        "error_uri=1",
        "response=1",
        "code",
        "a=b&code=",
        "%63ode=1",
        "st%61te=1"
      })
  void refusesAQueryThatOurAnswerCouldBeMistakenFor(String query) {
    assertThat(problem("https://app.example.com/cb?" + query).fault())
        .contains("our answer has", "SP-5.3.2.2-7");
  }

  @Test
  void refusesAQueryThatCannotBeDecoded() {
    assertThat(problem("https://app.example.com/cb?%zz=1").fault()).contains("well-formed");
  }
}
