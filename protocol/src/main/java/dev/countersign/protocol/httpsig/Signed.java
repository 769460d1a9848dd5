package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.jose.TimeRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What requests and responses have in common where they are signed. */
final class Signed {

  private Signed() {}

  /**
   * What is to be added before signing: the digest, unless there is no content or it stands there.
   *
   * @throws IllegalArgumentException if the digest that is there is not of this content
   */
  static List<Map.Entry<String, String>> digest(Headers headers, byte[] content) {
    List<String> there = headers.all(ContentDigest.FIELD);
    if (there.isEmpty()) {
      return content.length == 0
          ? List.of()
          : List.of(Map.entry("Content-Digest", ContentDigest.of(content).toHeader()));
    }
    try {
      ContentDigest.parse(there).verify(content);
      return List.of();
    } catch (InvalidHttpSignatureException e) {
      throw new IllegalArgumentException("the message has a false Content-Digest (SIG-10)", e);
    }
  }

  static RequestMessage with(RequestMessage request, List<Map.Entry<String, String>> added) {
    return new RequestMessage(
        request.method(), request.targetUri(), with(request.headers(), added), request.trailers());
  }

  static ResponseMessage with(ResponseMessage response, List<Map.Entry<String, String>> added) {
    return new ResponseMessage(
        response.status(),
        with(response.headers(), added),
        response.trailers(),
        response.request());
  }

  private static Headers with(Headers headers, List<Map.Entry<String, String>> added) {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    for (String name : headers.names()) {
      headers.all(name).forEach(value -> all.add(Map.entry(name, value)));
    }
    all.addAll(added);
    return Headers.of(all);
  }

  static void requireCovered(SignatureParameters parameters, List<Component> needed, String rule)
      throws InvalidHttpSignatureException {
    for (Component component : needed) {
      if (!parameters.covers(component)) {
        throw new InvalidHttpSignatureException(rule, component.identifier() + " is not signed");
      }
    }
  }

  /** Made at most so long ago, not in the future, and not expired. */
  static void requireCurrent(
      SignatureParameters parameters, Duration longest, Instant now, String rule)
      throws InvalidHttpSignatureException {
    Instant created =
        parameters
            .created()
            .orElseThrow(() -> new InvalidHttpSignatureException(rule, "created is missing"));
    if (created.isBefore(now.minus(longest))) {
      throw new InvalidHttpSignatureException(rule, "created is too long ago");
    }
    if (TimeRules.isFromTheFuture(created, now)) {
      throw new InvalidHttpSignatureException(rule, "created is too far in the future");
    }
    if (parameters.expires().filter(expires -> TimeRules.isExpired(expires, now)).isPresent()) {
      throw new InvalidHttpSignatureException(rule, "the signature has expired");
    }
  }

  /** The digest that was signed; one that was not says nothing. */
  static Optional<ContentDigest> digest(SignatureParameters parameters, Headers headers)
      throws InvalidHttpSignatureException {
    return parameters.covers(Component.of(ContentDigest.FIELD))
        ? Optional.of(ContentDigest.parse(headers.all(ContentDigest.FIELD)))
        : Optional.empty();
  }

  /** The fields that are signed as a whole, not a member alone. */
  static Headers covered(SignatureParameters parameters, Headers headers) {
    List<Map.Entry<String, String>> covered = new ArrayList<>();
    parameters.components().stream()
        .filter(Component::isWholeField)
        .map(Component::name)
        .distinct()
        .forEach(name -> headers.all(name).forEach(value -> covered.add(Map.entry(name, value))));
    return Headers.of(covered);
  }

  /** Those of these fields that a message has. */
  static List<Component> present(List<String> names, Headers headers) {
    return names.stream().filter(name -> !headers.all(name).isEmpty()).map(Component::of).toList();
  }

  static byte[] content(Optional<ContentDigest> digest, byte[] content, String rule)
      throws InvalidHttpSignatureException {
    if (digest.isPresent()) {
      return digest.get().verify(content).bytes();
    }
    if (content.length > 0) {
      throw new InvalidHttpSignatureException(rule, "there is content without a signed digest");
    }
    return content;
  }
}
