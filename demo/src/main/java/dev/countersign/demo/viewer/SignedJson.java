package dev.countersign.demo.viewer;

import dev.countersign.demo.story.Evidence;
import dev.countersign.demo.story.SeenJwt;
import dev.countersign.demo.viewer.Secrecy.Field;
import dev.countersign.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Tells the signed objects of a message: what they say, and whose key made the signature. */
final class SignedJson {
  private SignedJson() {}

  /** All of the request, then of the answer. */
  static List<JsonObject> of(Evidence e) {
    return e.signed().stream().map(jwt -> of(jwt, place(e, jwt))).toList();
  }

  private static String place(Evidence e, SeenJwt jwt) {
    boolean answered =
        List.of(e.issued(), e.idToken()).stream()
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
