package dev.countersign.protocol.httpsig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.structured.DictionaryField;
import dev.countersign.protocol.structured.InnerList;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Messages that are changed, and signed over whatever a test likes. */
final class HandSigned {
  private static final Jose JOSE = Jose.jdk();

  private HandSigned() {}

  /** Parameters as they stand behind a label. */
  static SignatureParameters parameters(String text) throws Exception {
    return SignatureParameters.read(
        (InnerList) DictionaryField.parse(List.of("a=" + text)).get("a").orElseThrow());
  }

  /** The request with one more signature. */
  static RequestMessage signed(RequestMessage request, String label, String text, SigningKey key)
      throws Exception {
    byte[] base = SignatureBase.of(request, parameters(text));
    return with(
        with(request, "Signature-Input", label + "=" + text),
        "Signature",
        label + "=:" + base64(JOSE.sign(base, key)) + ":");
  }

  /** The response with one more signature. */
  static ResponseMessage signed(ResponseMessage response, String text, SigningKey key)
      throws Exception {
    byte[] base = SignatureBase.of(response, parameters(text));
    return Signed.with(
        response,
        List.of(
            Map.entry("Signature-Input", "sig1=" + text),
            Map.entry("Signature", "sig1=:" + base64(JOSE.sign(base, key)) + ":")));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static RequestMessage with(RequestMessage request, String name, String value) {
    return Signed.with(request, List.of(Map.entry(name, value)));
  }

  static RequestMessage without(RequestMessage request, String name) {
    return new RequestMessage(
        request.method(),
        request.targetUri(),
        without(request.headers(), name),
        request.trailers());
  }

  static RequestMessage replaced(RequestMessage request, String name, String value) {
    return with(without(request, name), name, value);
  }

  static ResponseMessage replaced(ResponseMessage response, String name, String value) {
    return Signed.with(
        new ResponseMessage(
            response.status(),
            without(response.headers(), name),
            response.trailers(),
            response.request()),
        List.of(Map.entry(name, value)));
  }

  /** A field's only value. */
  static String only(Headers headers, String name) {
    assertThat(headers.all(name)).hasSize(1);
    return headers.all(name).getFirst();
  }

  private static Headers without(Headers headers, String name) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (String other : headers.names()) {
      if (!other.equalsIgnoreCase(name)) {
        headers.all(other).forEach(value -> fields.add(Map.entry(other, value)));
      }
    }
    return Headers.of(fields);
  }

  /** That something is refused by this rule. */
  static void assertRefused(String rule, ThrowingCallable judged) {
    InvalidHttpSignatureException refused =
        catchThrowableOfType(InvalidHttpSignatureException.class, judged);
    assertThat(refused).as("not refused, but is to be by " + rule).isNotNull();
    assertThat(refused.rule().value()).as(refused.reason()).isEqualTo(rule);
  }
}
