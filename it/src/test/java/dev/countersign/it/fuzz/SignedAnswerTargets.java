package dev.countersign.it.fuzz;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.httpsig.FapiResponseSignature;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.ResponseMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Signed answers as a client gets them, all to one request: a line with the status, lines of
 * fields, an empty line and the content.
 */
final class SignedAnswerTargets {
  static final RequestMessage REQUEST =
      RequestMessage.of(
          "POST",
          URI.create("https://api.example.com/pay"),
          Headers.of(
              List.of(
                  Map.entry("Authorization", "DPoP Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"),
                  Map.entry("Signature-Input", "sig1=(\"@method\");tag=\"fapi-2-request\""),
                  Map.entry("Signature", "sig1=:AAAA:"))));

  private static final Set<String> LEAST =
      Set.of(
          "\"@status\"",
          "\"@method\";req",
          "\"@target-uri\";req",
          "\"signature\";req",
          "\"signature-input\";req");

  private static final Pattern STATUS = Pattern.compile("[0-9]{1,9}");

  static final List<Target<?>> ALL =
      List.of(
          Target.ofText(
              "http-answer-signature",
              Set.of(InvalidHttpSignatureException.class, NoMessageException.class),
              input -> FapiResponseSignature.read(Answer.of(input).response(), Signed.NOW),
              SignedAnswerTargets::isBound));

  private SignedAnswerTargets() {}

  /** What an input is. */
  private record Answer(ResponseMessage response, String text) {

    static Answer of(String input) throws NoMessageException {
      String[] parts = input.replace('\r', ' ').replace('\0', ' ').split("\n\n", 2);
      List<String> lines = List.of(parts[0].split("\n", -1));
      try {
        Headers headers =
            Headers.of(
                lines.stream()
                    .skip(1)
                    .map(line -> line.split(":", 2))
                    .map(field -> Map.entry(field[0], field.length == 1 ? "" : field[1].strip()))
                    .toList());
        return new Answer(
            ResponseMessage.of(status(lines.getFirst()), headers, REQUEST),
            parts.length == 1 ? "" : parts[1]);
      } catch (IllegalArgumentException e) {
        throw new NoMessageException(e);
      }
    }

    byte[] content() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int status(String line) {
      if (!STATUS.matcher(line).matches()) {
        throw new IllegalArgumentException("no status");
      }
      return Integer.parseInt(line);
    }
  }

  private static void isBound(FapiResponseSignature signature, String input) throws Exception {
    Answer answer = Answer.of(input);
    Set<String> covered = Covered.by(answer.response().headers(), FapiResponseSignature.TAG);
    Holds.that(covered.containsAll(LEAST), "bound to the request");
    byte[] content = answer.content();
    if (isTaken(signature, content)) {
      byte[] more = Arrays.copyOf(content, content.length + 1);
      Holds.that(!isTaken(signature, more), "more content is refused");
      Holds.that(
          content.length == 0 || covered.contains("\"content-digest\""),
          "content has a digest that is signed");
    }
  }

  private static boolean isTaken(FapiResponseSignature signature, byte[] content) {
    try {
      signature.verify(Signed.JOSE, Signed.KEYS, content);
      return true;
    } catch (InvalidHttpSignatureException refused) {
      Holds.that(!refused.reason().isEmpty(), "it says why");
      return false;
    }
  }
}
