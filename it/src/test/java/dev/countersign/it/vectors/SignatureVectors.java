package dev.countersign.it.vectors;

import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.structured.BareItem.ByteSequence;
import dev.countersign.protocol.structured.DictionaryField;
import dev.countersign.protocol.structured.Item;
import dev.countersign.protocol.structured.MalformedFieldException;
import dev.countersign.protocol.structured.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The whole file of vectors. */
final class SignatureVectors {
  private static final JsonLimits LIMITS = JsonLimits.DEFAULT.withMaxBytes(4 * 1024 * 1024);

  private SignatureVectors() {}

  /**
   * All vectors.
   *
   * @param file as it was last time, or without cases
   */
  static List<Vector> all(JsonObject file) throws MalformedJsonException {
    VectorList list = new VectorList(new Scribe(signatures(file)));
    GoodRequests.add(list);
    WeakRequests.add(list);
    ForgedRequests.add(list);
    Responses.add(list);
    return list.all();
  }

  /** The text of the file. */
  static String text(List<Vector> vectors) {
    return JsonObject.builder()
            .put("about", "HTTP message signatures as FAPI 2.0 has them; see README.md")
            .put(
                "specifications",
                List.of("FAPI 2.0 HTTP Signatures (draft)", "RFC 9421", "RFC 9530", "RFC 9651"))
            .put("keys", Arrays.stream(VectorKey.values()).map(SignatureVectors::key).toList())
            .put("cases", vectors.stream().map(Vector::toJson).toList())
            .build()
            .toIndentedJson()
        + "\n";
  }

  static JsonObject read(String text) throws MalformedJsonException {
    return JsonObject.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), LIMITS);
  }

  private static JsonObject key(VectorKey key) {
    return JsonObject.builder()
        .put("kid", key.kid())
        .put("source", key.source())
        .put("private_jwk", key.jwk())
        .build();
  }

  /** All bytes in fields with the name Signature. */
  private static List<byte[]> signatures(JsonObject file) throws MalformedJsonException {
    List<byte[]> signatures = new ArrayList<>();
    for (JsonObject each : file.objects("cases").orElse(List.of())) {
      for (String message : List.of("request", "response")) {
        List<JsonObject> fields =
            each.object(message)
                .orElse(JsonObject.builder().build())
                .objects("headers")
                .orElse(List.of());
        for (JsonObject field : fields) {
          if (field.string("name").orElseThrow().equals("Signature")) {
            signatures.addAll(bytes(field.string("value").orElseThrow()));
          }
        }
      }
    }
    return signatures;
  }

  private static List<byte[]> bytes(String signature) {
    List<byte[]> all = new ArrayList<>();
    try {
      for (Member member : DictionaryField.parse(List.of(signature)).members().values()) {
        if (member instanceof Item item && item.value() instanceof ByteSequence bytes) {
          all.add(bytes.value());
        }
      }
    } catch (MalformedFieldException broken) {
      // One of those that nobody can read.
      return List.of();
    }
    return all;
  }
}
