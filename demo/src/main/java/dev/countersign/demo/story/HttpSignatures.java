package dev.countersign.demo.story;

import dev.countersign.demo.scene.Exchange;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.httpsig.FapiRequestSignature;
import dev.countersign.protocol.httpsig.FapiResponseSignature;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.ResponseMessage;
import dev.countersign.protocol.httpsig.SignatureBase;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds and verifies the HTTP signatures of an exchange. */
final class HttpSignatures {
  private static final String INPUT = "Signature-Input";

  private HttpSignatures() {}

  /** That of the request; empty if it has none. */
  static Optional<SeenSignature> ofRequest(Exchange exchange, KeyRing keys) {
    List<String> inputs = exchange.request().headers().all(INPUT);
    return SeenSignature.read(
        "HTTP request",
        inputs,
        parameters -> SignatureBase.of(request(exchange), parameters),
        inputs.isEmpty() ? Optional.empty() : asker(exchange, keys));
  }

  /** That of the answer; empty if it has none. */
  static Optional<SeenSignature> ofAnswer(Exchange exchange, KeyRing keys) {
    List<String> inputs = exchange.response().all(INPUT);
    return SeenSignature.read(
        "HTTP answer",
        inputs,
        parameters -> SignatureBase.of(response(exchange), parameters),
        inputs.isEmpty() ? Optional.empty() : answerer(exchange, keys));
  }

  private static Optional<KeyRing.Owner> asker(Exchange exchange, KeyRing keys) {
    return keys.owner(
        (jose, key) ->
            FapiRequestSignature.read(request(exchange), exchange.at()).verify(jose, key));
  }

  /** Of an answer to this very request, with this content. */
  private static Optional<KeyRing.Owner> answerer(Exchange exchange, KeyRing keys) {
    return keys.owner(
        (jose, key) ->
            FapiResponseSignature.read(response(exchange), exchange.at())
                .verify(jose, key, exchange.response().body()));
  }

  private static ResponseMessage response(Exchange exchange) throws InvalidHttpSignatureException {
    List<Map.Entry<String, String>> fields =
        exchange.response().headers().stream()
            .map(field -> Map.entry(field.name(), field.value()))
            .toList();
    return ResponseMessage.of(exchange.response().status(), Headers.of(fields), request(exchange));
  }

  private static RequestMessage request(Exchange exchange) throws InvalidHttpSignatureException {
    String query = exchange.request().query().map(text -> "?" + text).orElse("");
    try {
      return RequestMessage.of(
          exchange.request().method(),
          URI.create(exchange.url() + query),
          exchange.request().headers());
    } catch (IllegalArgumentException e) {
      // Servers take more characters in a query than a URL has.
      throw new InvalidHttpSignatureException("SIG-3", "the URL that was asked for is none");
    }
  }
}
