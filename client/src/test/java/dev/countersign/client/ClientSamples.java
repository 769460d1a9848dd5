package dev.countersign.client;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.Scope;
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
}
