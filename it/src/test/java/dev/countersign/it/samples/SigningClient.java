package dev.countersign.it.samples;

import dev.countersign.client.FapiClient;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import javax.net.ssl.SSLContext;

/** A client whose calls of APIs are signed in both directions. */
public final class SigningClient {
  private SigningClient() {}

  // <sample http-signatures>
  /** Signs what it asks of APIs, and believes signed answers alone. */
  public static FapiClient client(
      Issuer issuer,
      SigningKey authentication,
      RedirectUri callback,
      SigningKey signatures,
      SSLContext trust) {
    return FapiClient.builder(issuer, new ClientId("budget-app"), authentication, callback)
        .httpSignatures(signatures)
        .sslContext(trust)
        .build();
  }
  // </sample http-signatures>
}
