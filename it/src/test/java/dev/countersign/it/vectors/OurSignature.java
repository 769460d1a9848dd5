package dev.countersign.it.vectors;

import dev.countersign.it.vectors.Message.Field;
import dev.countersign.protocol.httpsig.FapiRequestSignature;
import dev.countersign.protocol.httpsig.FapiResponseSignature;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.SignatureNonce;
import dev.countersign.protocol.jose.Jose;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What our signers make of a message that is not signed yet. */
final class OurSignature {
  private OurSignature() {}

  /** The fields that they add, to a request without a nonce. */
  static List<Field> of(Exchange exchange, VectorKey key) {
    return of(exchange, key, Optional.empty());
  }

  /** The same, to a request with this nonce. */
  static List<Field> of(Exchange exchange, VectorKey key, Optional<SignatureNonce> nonce) {
    RequestMessage request = Verdict.request(exchange.request());
    byte[] content = exchange.subject().content();
    List<Map.Entry<String, String>> added =
        exchange.response().isPresent()
            ? FapiResponseSignature.sign(
                Jose.jdk(),
                key.signingKey(),
                Verdict.response(exchange.response().get(), request),
                List.of(),
                content,
                Instant.ofEpochSecond(Plan.CREATED + 1))
            : FapiRequestSignature.sign(
                Jose.jdk(),
                key.signingKey(),
                request,
                List.of(),
                content,
                nonce,
                Instant.ofEpochSecond(Plan.CREATED));
    return added.stream().map(field -> new Field(field.getKey(), field.getValue())).toList();
  }

  /** The message with them. */
  static Exchange signed(Exchange exchange, VectorKey key) {
    List<Field> added = of(exchange, key);
    return exchange.changed(
        message -> {
          Message signed = message;
          for (Field field : added) {
            signed = signed.with(field.name(), field.value());
          }
          return signed;
        });
  }
}
