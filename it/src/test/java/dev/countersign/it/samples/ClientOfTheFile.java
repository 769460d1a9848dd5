package dev.countersign.it.samples;

import dev.countersign.client.FapiClient;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** Makes a client from the key that was handed over as a file. */
public final class ClientOfTheFile {
  private ClientOfTheFile() {}

  // <sample client>
  /** The one instance of this application, for all people and threads. */
  public static FapiClient client(
      Issuer issuer, Path keyFile, RedirectUri callback, SSLContext trust)
      throws IOException, MalformedJsonException, InvalidJwkException {
    JsonObject jwk = JsonObject.parse(Files.readString(keyFile));
    return FapiClient.builder(
            issuer, new ClientId("budget-app"), SigningKey.fromPrivateJwk(jwk), callback)
        .sslContext(trust)
        .build();
  }
  // </sample client>
}
