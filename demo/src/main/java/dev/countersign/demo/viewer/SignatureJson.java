package dev.countersign.demo.viewer;

import dev.countersign.demo.story.Evidence;
import dev.countersign.demo.story.KeyRing;
import dev.countersign.demo.story.SeenSignature;
import dev.countersign.demo.viewer.Secrecy.Field;
import dev.countersign.demo.viewer.Secrecy.Mark;
import dev.countersign.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells the signature of a request, or of its answer, in words. */
final class SignatureJson {
  private static final String REQ = ";req";

  private SignatureJson() {}

  static JsonObject ofRequest(Evidence e, SeenSignature signature) {
    return of(
        signature,
        "request",
        content(e.requestHeaders("Content-Digest"), e.exchange().request().body()));
  }

  static JsonObject ofAnswer(Evidence e, SeenSignature signature) {
    return of(
        signature,
        "answer",
        content(e.exchange().response().all("Content-Digest"), e.exchange().response().body()));
  }

  private static JsonObject of(SeenSignature signature, String place, List<Field> content) {
    List<Field> says = new ArrayList<>();
    signature.tag().ifPresent(tag -> says.add(Secrecy.whole("tag", tag)));
    signature
        .created()
        .ifPresent(
            at ->
                says.add(
                    new Field(
                        "created",
                        String.valueOf(at.getEpochSecond()),
                        Mark.WHOLE,
                        Times.ofSecond(at.getEpochSecond()))));
    signature.keyid().ifPresent(keyid -> says.add(Secrecy.cut("keyid", keyid)));
    says.addAll(content);
    return JsonObject.builder()
        .put("what", signature.what())
        .put("place", place)
        .put("verified", signature.signer().isPresent())
        .put("signer", signature.signer().map(KeyRing.Owner::name))
        .put(
            "thumbprint",
            signature.signer().map(owner -> Secrecy.beginning(owner.thumbprint().value())))
        .put("covers", json(signature.covered().stream().map(SignatureJson::covered).toList()))
        .put("claims", json(says))
        .build();
  }

  /** A line of the signature base: what is signed, as far as it may be shown, and in words. */
  private static Field covered(SeenSignature.Covered part) {
    boolean ofRequest = part.name().endsWith(REQ);
    String name =
        ofRequest ? part.name().substring(0, part.name().length() - REQ.length()) : part.name();
    String words = ofRequest ? "of the request: " + words(name) : words(name);
    Field value =
        part.value()
            .map(
                text ->
                    name.startsWith("@") ? Secrecy.whole(name, text) : Fields.header(name, text))
            .orElseGet(() -> Secrecy.whole(name, "not there"));
    return new Field(Secrecy.clean(part.name()), value.value(), value.mark(), Optional.of(words));
  }

  private static String words(String component) {
    return switch (component) {
      case "@method" -> "the method";
      case "@target-uri" -> "the whole URL";
      case "@status" -> "the status";
      case "authorization" -> "the access token";
      case "dpop" -> "the DPoP proof";
      case "content-digest" -> "the digest of the content";
      case "content-type" -> "what the content is";
      case "dpop-nonce" -> "the nonce for the next proof";
      case "www-authenticate" -> "the reason of the refusal";
      case "signature" -> "the signature";
      case "signature-input" -> "what the signature says of itself";
      default -> "this field";
    };
  }

  private static List<Field> content(List<String> digests, byte[] content) {
    if (digests.isEmpty()) {
      return List.of();
    }
    String words =
        SeenSignature.fits(digests, content)
            ? "as it was signed"
            : "NOT as it was signed: its digest is another";
    return List.of(Secrecy.whole("content", words));
  }

  private static List<JsonObject> json(List<Field> fields) {
    return fields.stream().map(Field::toJson).toList();
  }
}
