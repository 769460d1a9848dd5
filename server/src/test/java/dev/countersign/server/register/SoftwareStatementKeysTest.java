package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.ScriptedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements of somebody who publishes the keys that they are signed with. */
class SoftwareStatementKeysTest {
  private static final String ALLOWED =
      "client_keys: {allow_private_addresses: true, trusted_ca: server.pem, max_stale: 1h}\n";

  private final ScriptedServer publisher = new ScriptedServer();
  private final StatementIssuer first = new StatementIssuer(SignatureAlgorithm.ES256);
  private final StatementIssuer second = new StatementIssuer(SignatureAlgorithm.ES256);

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    publisher.close();
  }

  @Test
  @Requirement({"DC-2", "SP-5.4.2-0"})
  void hasThemFetchedWhenAStatementComes() {
    publish(first);
    try (TestServer server = server(ALLOWED)) {
      assertThat(publisher.received("/jwks")).isEmpty();

      assertThat(outcome(server, first)).isEqualTo("201");
      server.reloadClients();
      assertThat(outcome(server, first)).isEqualTo("201");

      assertThat(publisher.received("/jwks")).hasSize(1);
    }
  }

  @Test
  @Requirement({"SP-5.4.3-1", "SP-6.8-1"})
  void hasThemFetchedAgainForANewKeyButNotTooOften() {
    publish(first);
    try (TestServer server = server(ALLOWED)) {
      assertThat(outcome(server, first)).isEqualTo("201");
      publish(second);

      server.pass(Duration.ofSeconds(31));
      assertThat(outcome(server, second)).isEqualTo("201");
      assertThat(outcome(server, first)).isEqualTo("400 invalid_software_statement");

      assertThat(publisher.received("/jwks")).hasSize(2);
    }
  }

  @Test
  @Requirement("SP-5.4.3-1")
  void takesTheFittingKeyBesideDecoysOfTheSameKid() {
    StatementIssuer other = new StatementIssuer(SignatureAlgorithm.EDDSA).withKidOf(first);
    StatementIssuer same = new StatementIssuer(SignatureAlgorithm.ES256).withKidOf(first);
    publish(other, same, first);
    try (TestServer server = server(ALLOWED)) {
      assertThat(outcome(server, first)).isEqualTo("201");
      assertThat(outcome(server, second.withKidOf(first)))
          .isEqualTo("400 invalid_software_statement");
    }
  }

  @Test
  @Requirement({"DC-2", "SP-5.4.2-1"})
  void usesTheLastKeysWhileFetchingFailsAndThenAsksToComeAgain() {
    publish(first);
    try (TestServer server = server(ALLOWED)) {
      assertThat(outcome(server, first)).isEqualTo("201");
      publisher.on("/jwks", _ -> ScriptedServer.Reply.text(500, "broken"));

      server.pass(Duration.ofMinutes(30));
      assertThat(outcome(server, first)).isEqualTo("201");
      server.pass(Duration.ofMinutes(31));
      assertThat(outcome(server, first)).isEqualTo("503 temporarily_unavailable");
      assertThat(server.logged("detail").orElseThrow()).contains("the keys of its issuer");
    }
  }

  @Test
  @Requirement({"DC-5", "SP-5.4.2-1"})
  void hasNothingFetchedFromAPrivateAddress() {
    publish(first);
    try (TestServer server = server("")) {
      assertThat(outcome(server, first)).isEqualTo("503 temporarily_unavailable");

      assertThat(publisher.received("/jwks")).isEmpty();
    }
  }

  @Test
  @Requirement("DC-2")
  void hasNothingFetchedForAStatementOfAnybodyElse() {
    publish(first);
    try (TestServer server = server(ALLOWED)) {
      String other = first.statement("{\"iss\":\"Another Directory\"}");

      assertThat(
              register(server, with(metadata(server.stranger()), SoftwareStatementTest.by(other)))
                  .outcome())
          .isEqualTo("400 unapproved_software_statement");

      assertThat(publisher.received("/jwks")).isEmpty();
    }
  }

  private TestServer server(String keys) {
    String issuer =
        "{issuer: '%s', jwks_uri: '%s'}".formatted(StatementIssuer.NAME, publisher.uri("/jwks"));
    UnaryOperator<String> dynamic = RegisteredPeer.with(SoftwareStatementTest.statements(issuer));
    return new TestServer(folder, yaml -> dynamic.apply(yaml) + keys);
  }

  private void publish(StatementIssuer... issuers) {
    JwkSet set = JwkSet.of(Arrays.stream(issuers).map(one -> one.key().publicJwk()).toList());
    publisher.on("/jwks", _ -> ScriptedServer.Reply.json(200, set.toJson()));
  }

  private static String outcome(TestServer server, StatementIssuer issuer) {
    String statement = issuer.statement("{\"software_id\":\"s-1\"}");
    return register(server, with(metadata(server.stranger()), SoftwareStatementTest.by(statement)))
        .outcome();
  }
}
