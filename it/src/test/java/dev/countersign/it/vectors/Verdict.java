package dev.countersign.it.vectors;

import dev.countersign.it.vectors.Message.Request;
import dev.countersign.it.vectors.Message.Response;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.httpsig.FapiRequestSignature;
import dev.countersign.protocol.httpsig.FapiResponseSignature;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.ResponseMessage;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What our verifiers think of a message. */
sealed interface Verdict {

  /** All of it is good. */
  record Accepted() implements Verdict {}

  /** It breaks this requirement. */
  record Refused(String requirement, String reason) implements Verdict {}

  /** Judged whole, content included. */
  static Verdict of(Vector vector) {
    Exchange exchange = vector.exchange();
    Jose jose = Jose.jdk();
    Instant now = Instant.ofEpochSecond(vector.now());
    JwkSet keys =
        JwkSet.of(vector.keys().stream().map(key -> key.signingKey().publicJwk()).toList());
    RequestMessage request = request(exchange.request());
    try {
      if (exchange.response().isPresent()) {
        Message answer = exchange.response().get();
        FapiResponseSignature.read(response(answer, request), now)
            .verify(jose, keys, answer.content());
      } else {
        FapiRequestSignature.read(request, now)
            .verify(jose, keys)
            .content(exchange.request().content());
      }
      return new Accepted();
    } catch (InvalidHttpSignatureException e) {
      return new Refused(e.rule().value(), e.reason());
    }
  }

  static RequestMessage request(Message message) {
    Request start = (Request) message.start();
    return new RequestMessage(start.method(), start.targetUri(), headers(message), Headers.NONE);
  }

  static ResponseMessage response(Message message, RequestMessage request) {
    Response start = (Response) message.start();
    return ResponseMessage.of(start.status(), headers(message), request);
  }

  private static Headers headers(Message message) {
    List<Map.Entry<String, String>> lines =
        message.fields().stream().map(field -> Map.entry(field.name(), field.value())).toList();
    return Headers.of(lines);
  }
}
