package dev.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** Runs the sample of the README, which is the text between the two markers. */
class ReadmeSampleTest {

  // <sample>
  static final class BankAccounts {
    private final FapiClient client;

    BankAccounts(Issuer as, ClientId id, SigningKey key, RedirectUri callback, SSLContext trust) {
      client = FapiClient.builder(as, id, key, callback).sslContext(trust).build();
    }

    /**
     * POST /login, from a form with session.startToken() as hidden field. Answer 303 to the URL.
     */
    URI login(BrowserSession session, String startToken) throws ClientException {
      UserStart start = session.confirmStart(startToken);
      return client.begin(start, FlowRequest.of("openid accounts")).value();
    }

    /** GET /callback. Keep the tokens on the server, with the session. */
    Tokens callback(BrowserSession session, String rawQuery) throws ClientException {
      return client.callback(session, rawQuery);
    }

    /** Any time later. */
    String accounts(Tokens tokens, URI api) throws ClientException {
      return client.call(tokens, ResourceRequest.get(api)).json().toJson();
    }

    /** When the access token has ended. Keep the result in place of the old tokens. */
    Tokens renew(Tokens tokens) throws ClientException {
      return client.refresh(tokens);
    }
  }

  // </sample>

  @Test
  void runsTheWholeFlow() throws Exception {
    try (ScriptedAs as = new ScriptedAs(InstantSource.system());
        ScriptedServer bank = new ScriptedServer()) {
      bank.on("/accounts", r -> Reply.text(200, "{\"n\":2}"));
      BrowserSession session = BrowserSession.random(ScriptedAs.RANDOM);
      BankAccounts sample =
          new BankAccounts(
              as.issuer, as.clientId, as.clientKey, as.redirectUri, TestTls.LOCALHOST.trust());

      URI url = sample.login(session, session.startToken());
      Form agreed = as.agree(new AuthorizationUrl(url));
      Tokens tokens = sample.callback(session, agreed.encode());

      assertThat(sample.accounts(tokens, bank.uri("/accounts"))).isEqualTo("{\"n\":2}");
      assertThat(sample.renew(tokens).accessToken()).isNotEqualTo(tokens.accessToken());
    }
  }
}
