package dev.countersign.client;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.rar.ready.Account;
import dev.countersign.protocol.rar.ready.AccountInformation;
import dev.countersign.protocol.rar.ready.Amount;
import dev.countersign.protocol.rar.ready.PaymentInitiation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** What docs/writing-a-client.md shows besides the web app; {@link ClientSamplesTest} runs it. */
final class ClientSamples {

  private ClientSamples() {}

  // <sample mtls>
  /** A client that its certificate authenticates, and whose tokens are bound to it. */
  static FapiClient client(
      Issuer issuer,
      Path certificate,
      Path key,
      RedirectUri callback,
      SSLContext trust,
      TrustManager... trusted)
      throws IOException {
    ClientCertificate shown =
        ClientCertificate.fromPem(Files.readString(certificate), Files.readString(key));
    return FapiClient.builder(
            issuer, new ClientId("budget-app"), new ClientAuthentication.MutualTls())
        .redirectUri(callback)
        .senderConstraint(SenderConstraint.MTLS)
        .mutualTls(shown.sslContext(trusted))
        .sslContext(trust)
        .build();
  }

  // </sample mtls>

  // <sample message-signing>
  /** A client that signs its requests, and takes no answer that is not signed. */
  static FapiClient signing(Issuer issuer, SigningKey key, RedirectUri callback, SSLContext trust) {
    return FapiClient.builder(issuer, new ClientId("budget-app"), key, callback)
        .messageSigning()
        .sslContext(trust)
        .build();
  }

  /** A client that its certificate authenticates has a key for its requests beside it. */
  static FapiClientBuilder signing(FapiClientBuilder certified, SigningKey requestKey) {
    return certified.signedRequests(requestKey).signedResponses(ResponseMode.FORM_POST_JWT);
  }

  /** For what the server's page posts to the redirect URI: a page that posts it to this site. */
  static String again(String body) {
    String response = Form.parseQuery(body).required("response");
    if (!response.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException("the field response is no JWT");
    }
    return """
    <!doctype html><title>One moment</title>
    <form method="post" action="/callback/here">
    <input type="hidden" name="response" value="%s"><button>Continue</button></form>
    <script>document.forms[0].submit()</script>
    """
        .formatted(response);
  }

  /** What that page posts to {@code /callback/here}, with the session's cookie. */
  static Tokens posted(FapiClient client, BrowserSession session, String body)
      throws ClientException {
    return client.callbackForm(session, body);
  }

  // </sample message-signing>

  // <sample batch>
  /** A job of the client's own, for no person. */
  static int batch(FapiClient client, URI reports) throws ClientException {
    Tokens tokens = client.clientCredentials(Scope.of("reports"), List.of());
    return client.call(tokens, ResourceRequest.get(reports)).status();
  }

  // </sample batch>

  // <sample step-up>
  /** Pays, or sends the browser to log in as the bank demands it for a payment. */
  static Optional<URI> pay(
      FapiClient client, BrowserSession session, Tokens tokens, ResourceRequest payment)
      throws ClientException {
    ResourceResponse response = client.call(tokens, payment);
    Optional<StepUp> demanded = response.stepUp();
    if (demanded.isEmpty()) {
      return Optional.empty();
    }
    // The person pressed a button of ours to pay: that is what began this.
    UserStart start = session.startGuardedByCaller();
    FlowRequest request = FlowRequest.of("openid payments").withStepUp(demanded.get());
    return Optional.of(client.begin(start, request).value());
  }

  // </sample step-up>

  // <sample details>
  /** Sends the browser to allow one payment of this amount in euros. */
  static URI askForPayment(FapiClient client, UserStart start, String amount)
      throws ClientException {
    PaymentInitiation payment =
        PaymentInitiation.of(
                Amount.of("EUR", amount), "Merchant A", Account.of("DE02100100109307118603"))
            .withRemittanceInformationUnstructured("Invoice 7");
    AuthorizationDetails wanted = AuthorizationDetails.of(payment.toDetail());
    return client.begin(start, FlowRequest.of(wanted)).value();
  }

  /** The accounts that the person chose, out of what was granted. */
  static List<Account> chosenAccounts(Tokens tokens) throws MalformedJsonException {
    return AccountInformation.in(tokens.authorizationDetails()).stream()
        .flatMap(granted -> granted.accounts().stream().flatMap(List::stream))
        .toList();
  }

  /** Asks for what a type of our own has. */
  static URI askForReadings(FapiClient client, UserStart start) throws ClientException {
    AuthorizationDetail readings =
        AuthorizationDetail.of(
            "energy_readings",
            JsonObject.builder().put("actions", List.of("read")).put("interval", "day").build());
    return client.begin(start, FlowRequest.of(AuthorizationDetails.of(readings))).value();
  }

  /** The meters that were granted. */
  static List<String> meters(AuthorizationDetail readings) throws MalformedJsonException {
    return readings.texts("/meters/*/number");
  }

  // </sample details>

  // <sample grants>
  /** Sends the browser to allow more, in the grant that is there. */
  static URI askForMore(FapiClient client, UserStart start, Tokens tokens, String scope)
      throws ClientException {
    GrantId grant = tokens.grantId().orElseThrow();
    FlowRequest request = FlowRequest.of(scope).withGrantManagement(GrantManagement.merge(grant));
    return client.begin(start, request).value();
  }

  /** Whether a grant still allows anything, asked without the person. */
  static boolean stands(FapiClient client, GrantId grant) throws ClientException {
    try {
      client.queryGrant(grant);
      return true;
    } catch (ServerRefused refused) {
      if (refused.status() == 404) {
        return false;
      }
      throw refused;
    }
  }
  // </sample grants>
}
