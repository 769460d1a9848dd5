package dev.countersign.server.grants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server that lets clients manage grants. */
abstract class ManagedGrantsTest extends BrowserTest {
  static final String API_SCOPES = " grant_management_query grant_management_revoke";

  @Override
  protected String configuration(String yaml) {
    return "grant_management: {enabled: true}\n" + managing(super.configuration(yaml));
  }

  /** All clients may use the API, and the other one may stay. */
  static String managing(String yaml) {
    return yaml.replace("accounts payments reports\n", "accounts payments reports%s\n")
        .replace("    scope: openid accounts\n", "    scope: openid accounts%s\n")
        .replace("    scope: accounts\n", "    scope: accounts%s\n")
        .replace(
            "grant_types: [authorization_code]",
            "grant_types: [authorization_code, client_credentials]")
        .replace("%s\n", API_SCOPES + "\n");
  }

  Params scope(String scope) {
    return request().with("scope", scope);
  }

  static Params create(Params request) {
    return request.with("grant_management_action", "create");
  }

  static Params merge(Params request, String grant) {
    return request.with("grant_management_action", "merge").with("grant_id", grant);
  }

  static Params replace(Params request, String grant) {
    return request.with("grant_management_action", "replace").with("grant_id", grant);
  }

  /** Anna logs in in a new browser and allows the request of the app. */
  Callback allowed(Params request) {
    return allowed(server.app(), request);
  }

  /** Anna logs in in a new browser and allows a request, if she is asked. */
  Callback allowed(TestClient client, Params request) {
    Browser browser = browser();
    Shown login = browser.open(client, client.push(request).string("request_uri"));
    Shown shown = browser.loggedIn(login);
    return Callback.of(shown.isConsent() ? browser.press(shown, "allow") : shown.reply());
  }

  /** The tokens of a request of the app that Anna allows. */
  Reply granted(Params request) {
    return redeemed(allowed(request));
  }

  /** The tokens of an answer to the app. */
  Reply redeemed(Callback callback) {
    Reply tokens = server.app().token(server.app().codeRequest(callback.get("code")));
    assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
    return tokens;
  }

  /** What a client gets that refreshes. */
  String refreshed(Reply tokens) {
    return server
        .app()
        .token(server.app().refreshRequest(tokens.string("refresh_token")))
        .outcome();
  }

  /** A token for the API. */
  static String token(TestClient client, String scope) {
    Reply reply = client.token(Params.of("grant_type", "client_credentials", "scope", scope));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.string("access_token");
  }

  static String queryToken(TestClient client) {
    return token(client, GrantResource.QUERY_SCOPE);
  }

  static String revokeToken(TestClient client) {
    return token(client, GrantResource.REVOKE_SCOPE);
  }

  URI grantUrl(String grant) {
    return server.url("/grants/" + grant);
  }

  /** Calls the API with a token and a good proof. */
  Reply call(TestClient client, String method, String grant, String token) {
    URI url = grantUrl(grant);
    return call(method, url, "DPoP " + token, client.proofFor(token, method, url));
  }

  /** Calls the API with any Authorization header and these proofs. */
  Reply call(String method, URI url, String authorization, String... proofs) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("Authorization", authorization));
    List.of(proofs).forEach(proof -> headers.add(Map.entry("DPoP", proof)));
    return server.send(method, url, headers, new byte[0]);
  }

  /** What the app is told of its grant. */
  GrantResource queried(String grant) {
    Reply reply = call(server.app(), "GET", grant, queryToken(server.app()));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    try {
      return GrantResource.read(reply.json());
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  /** Ben, in a browser of his own, is asked by the app. */
  Reply askedOfBen(Browser browser, Params request) {
    return browser.logIn(browser.start(request), People.BEN, People.BENS_PASSWORD);
  }
}
