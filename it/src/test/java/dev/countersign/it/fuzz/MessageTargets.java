package dev.countersign.it.fuzz;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.httpsig.ContentDigest;
import dev.countersign.protocol.httpsig.FapiRequestSignature;
import dev.countersign.protocol.httpsig.FapiResponseSignature;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.ResponseMessage;
import dev.countersign.protocol.httpsig.VerifiedRequestSignature;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Signed HTTP messages: a line of method and URL, lines of fields, an empty line and the content.
 */
final class MessageTargets {
  static final List<Target<?>> ALL =
      List.of(
          Target.ofText(
              "http-signature",
              Set.of(InvalidHttpSignatureException.class, NoMessageException.class),
              input -> FapiRequestSignature.read(received(input), Signed.NOW),
              MessageTargets::coversEnough),
          Target.ofText(
              "http-message",
              Set.of(IllegalArgumentException.class),
              MessageTargets::signed,
              MessageTargets::isVerified));

  private MessageTargets() {}

  private static RequestMessage received(String input) throws NoMessageException {
    try {
      return Message.of(input).request();
    } catch (IllegalArgumentException e) {
      throw new NoMessageException(e);
    }
  }

  /** What an input is. */
  private record Message(RequestMessage request, String content) {

    static Message of(String input) {
      String[] parts = input.replace('\r', ' ').replace('\0', ' ').split("\n\n", 2);
      List<String> lines = List.of(parts[0].split("\n", -1));
      String[] target = lines.getFirst().split(" ", 2);
      List<Map.Entry<String, String>> fields =
          lines.stream()
              .skip(1)
              .map(line -> line.split(":", 2))
              .map(field -> Map.entry(field[0], field.length == 1 ? "" : field[1].strip()))
              .toList();
      return new Message(
          new RequestMessage(
              target[0], target.length == 1 ? "" : target[1], Headers.of(fields), Headers.NONE),
          parts.length == 1 ? "" : parts[1]);
    }

    byte[] bytes() {
      return content.getBytes(StandardCharsets.UTF_8);
    }

    /** The same with these fields as well. */
    RequestMessage with(List<Map.Entry<String, String>> more) {
      return new RequestMessage(
          request.method(), request.targetUri(), and(request.headers(), more), Headers.NONE);
    }
  }

  /** The fields, those of the same names replaced. */
  private static Headers and(Headers headers, List<Map.Entry<String, String>> more) {
    Set<String> replaced =
        more.stream()
            .map(field -> field.getKey().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return Headers.of(
        Stream.concat(
                headers.names().stream()
                    .filter(name -> !replaced.contains(name))
                    .flatMap(
                        name -> headers.all(name).stream().map(value -> Map.entry(name, value))),
                more.stream())
            .toList());
  }

  private static void coversEnough(FapiRequestSignature signature, String input) throws Exception {
    RequestMessage request = Message.of(input).request();
    Set<String> covered = Covered.by(request.headers(), FapiRequestSignature.TAG);
    Holds.that(
        covered.containsAll(Set.of("\"@method\"", "\"@target-uri\"", "\"authorization\"")),
        "covered");
    boolean proof = !request.headers().all("dpop").isEmpty();
    Holds.that(!proof || covered.contains("\"dpop\""), "the proof");
    try {
      VerifiedRequestSignature verified = signature.verify(Signed.JOSE, Signed.KEYS);
      Holds.equal(proof, covered.contains("\"dpop\""), "only what is there can be covered");
      Holds.equal(verified.keyid(), Signed.KID, "the key that signed");
    } catch (InvalidHttpSignatureException other) {
      Holds.that(!other.reason().isEmpty(), "it says why");
    }
  }

  /** A message with the fields that make it a signed one. */
  private record SignedMessage(Message message, RequestMessage request) {}

  private static SignedMessage signed(String input) {
    Message message = Message.of(input);
    return new SignedMessage(
        message,
        message.with(
            FapiRequestSignature.sign(
                Signed.JOSE, Signed.KEY, message.request(), message.bytes(), Signed.NOW)));
  }

  private static void isVerified(SignedMessage signed, String input) throws Exception {
    byte[] content = signed.message().bytes();
    VerifiedRequestSignature verified =
        FapiRequestSignature.read(signed.request(), Signed.NOW).verify(Signed.JOSE, Signed.KEYS);
    Holds.that(Arrays.equals(verified.content(content), content), "the content that was signed");
    byte[] more = Arrays.copyOf(content, content.length + 1);
    refused(() -> verified.content(more), "more content");
    RequestMessage elsewhere =
        new RequestMessage(
            signed.request().method(),
            signed.request().targetUri() + "x",
            signed.request().headers(),
            Headers.NONE);
    refused(
        () -> FapiRequestSignature.read(elsewhere, Signed.NOW).verify(Signed.JOSE, Signed.KEYS),
        "another URL");
    isAnswered(signed.request(), content, elsewhere);
    Holds.that(
        content.length == 0 || !signed.request().headers().all(ContentDigest.FIELD).isEmpty(),
        "content has a digest: " + input.length());
  }

  /** An answer is good for its request, and for no other. */
  private static void isAnswered(RequestMessage request, byte[] content, RequestMessage other)
      throws Exception {
    ResponseMessage plain = ResponseMessage.of(200, Headers.NONE, request);
    Headers fields =
        and(
            Headers.NONE,
            FapiResponseSignature.sign(
                Signed.JOSE, Signed.KEY, plain, List.of(), content, Signed.NOW));
    byte[] verified =
        FapiResponseSignature.read(ResponseMessage.of(200, fields, request), Signed.NOW)
            .verify(Signed.JOSE, Signed.KEYS, content)
            .content();
    Holds.that(Arrays.equals(verified, content), "the answer to the request");
    refused(
        () ->
            FapiResponseSignature.read(ResponseMessage.of(200, fields, other), Signed.NOW)
                .verify(Signed.JOSE, Signed.KEYS, content),
        "the answer to another request");
    refused(
        () ->
            FapiResponseSignature.read(ResponseMessage.of(201, fields, request), Signed.NOW)
                .verify(Signed.JOSE, Signed.KEYS, content),
        "another status");
  }

  /** What must not be taken. */
  @FunctionalInterface
  private interface Attempt {
    Object make() throws Exception;
  }

  private static void refused(Attempt attempt, String what) throws Exception {
    Object made;
    try {
      made = attempt.make();
    } catch (InvalidHttpSignatureException asItShould) {
      return;
    }
    throw new AssertionError("taken, and made a " + made.getClass() + ": " + what);
  }
}
