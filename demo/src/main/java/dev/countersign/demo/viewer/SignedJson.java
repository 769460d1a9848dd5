package dev.countersign.demo.viewer;

import dev.countersign.demo.story.Evidence;
import dev.countersign.demo.story.SeenJwt;
import dev.countersign.demo.viewer.Secrecy.Field;
import dev.countersign.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells the signed objects of a message: what they say, and whose key made the signature. */
final class SignedJson {
  private SignedJson() {}

  /** All objects of the request, then of the answer; then what is signed of both themselves. */
  static List<JsonObject> of(Evidence e) {
    Stream<JsonObject> objects = e.signed().stream().map(jwt -> of(jwt, place(e, jwt)));
    Stream<JsonObject> messages =
        Stream.of(
                e.requestSignature().map(one -> SignatureJson.ofRequest(e, one)),
                e.answerSignature().map(one -> SignatureJson.ofAnswer(e, one)))
            .flatMap(Optional::stream);
    return Stream.concat(objects, messages).toList();
  }

  private static String place(Evidence e, SeenJwt jwt) {
    boolean answered =
        Stream.of(e.issued(), e.idToken(), e.introspected(), e.responseJwt())
            .flatMap(Optional::stream)
            .anyMatch(other -> other.compact().equals(jwt.compact()));
    return answered ? "answer" : "request";
  }

  private static JsonObject of(SeenJwt jwt, String place) {
    return JsonObject.builder()
        .put("what", jwt.what())
        .put("place", place)
        .put("verified", jwt.signer().isPresent())
        .put("signer", jwt.signer().map(SeenJwt.Signer::name))
        .put(
            "thumbprint",
            jwt.signer().map(signer -> Secrecy.beginning(signer.thumbprint().value())))
        .put("header", json(Fields.of(jwt.jws().header())))
        .put("claims", json(Fields.of(jwt.claims())))
        .build();
  }

  private static List<JsonObject> json(List<Field> fields) {
    return fields.stream().map(Field::toJson).toList();
  }
}
