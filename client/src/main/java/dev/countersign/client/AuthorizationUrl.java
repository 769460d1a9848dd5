package dev.countersign.client;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.RequestUri;
import dev.countersign.requirement.Enforces;
import java.net.URI;

/**
 * Where to send the browser, with status 303. It can be opened once and only for a short time.
 *
 * @param value the authorization endpoint with {@code client_id} and {@code request_uri}, nothing
 *     else of the request
 */
public record AuthorizationUrl(URI value) {

  /**
   * Only the metadata's endpoint is a target, whatever a caller or a message says. Keeps a query
   * that the endpoint itself has (RFC 6749 section 3.1).
   */
  @Enforces({"SP-5.3.3.1-4", "SP-5.3.3.2-6", "PAR-10"})
  static AuthorizationUrl of(URI endpoint, ClientId clientId, RequestUri requestUri) {
    String query =
        Form.builder()
            .add("client_id", clientId.value())
            .add("request_uri", requestUri.reveal())
            .build()
            .encode();
    String separator = endpoint.getRawQuery() == null ? "?" : "&";
    return new AuthorizationUrl(URI.create(endpoint + separator + query));
  }

  /** The type's name only: who reads the URL can open the request before its owner. */
  @Override
  public String toString() {
    return "AuthorizationUrl";
  }
}
