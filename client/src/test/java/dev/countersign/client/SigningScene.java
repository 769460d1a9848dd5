package dev.countersign.client;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.testkit.TestClock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client that signs its calls and has a token, and a resource server that signs its answers. */
abstract class SigningScene {
  static final SigningKey KEY =
      ScriptedAs.JOSE.generate(SignatureAlgorithm.EDDSA, ScriptedAs.RANDOM);
  static final String PAYMENTS = "/payments";

  final TestClock clock = new TestClock();
  final ScriptedAs as = new ScriptedAs(clock);
  final SigningRs rs = new SigningRs(clock);
  final FapiClient client = as.client().httpSignatures(KEY).build();
  private Optional<Tokens> issued = Optional.empty();

  @BeforeEach
  void getTokens() throws ClientException {
    issued = Optional.of(client.clientCredentials(Scope.of("accounts"), List.of()));
    rs.answers(PAYMENTS);
  }

  @AfterEach
  void stop() {
    as.close();
    rs.close();
  }

  final Tokens tokens() {
    return issued.orElseThrow();
  }

  final ResourceResponse call(ResourceRequest request) throws ClientException {
    return client.call(tokens(), request);
  }
}
