package dev.countersign.resource;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.httpsig.FapiResponseSignature;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.ResponseMessage;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.requirement.Enforces;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Signs the answers to one request by a key of this resource server.
 *
 * @param own fields of the API's choice
 * @param clock asked at each answer: some take longer than the minute for which clients take them
 */
record ResponseSigner(
    Jose jose, SigningKey key, RequestMessage request, List<String> own, InstantSource clock)
    implements AnswerSigner {

  /** Our choice: what says how the content is to be read, or where to go on. */
  private static final List<String> ALWAYS =
      List.of("content-type", "content-encoding", "location");

  /**
   * Our choice: what else says what the content is or what to do now. Left out if it is such that
   * nobody can sign it, since answers with it went out before it was signed.
   */
  private static final List<String> IF_SIGNABLE =
      List.of(
          "content-language",
          "content-location",
          "content-range",
          "dpop-nonce",
          "etag",
          "last-modified",
          "link",
          "retry-after",
          "www-authenticate");

  @Override
  public boolean signs() {
    return true;
  }

  @Override
  @Enforces({"HS-5.3.2.1-1", "HS-5.3.2.1-N"})
  public List<Map.Entry<String, String>> sign(
      int status, List<Map.Entry<String, String>> fields, byte[] content) {
    Headers headers = Headers.of(fields);
    List<String> more = new ArrayList<>(ALWAYS);
    IF_SIGNABLE.stream().filter(name -> isSignable(headers.all(name))).forEach(more::add);
    more.addAll(own);
    ResponseMessage response = ResponseMessage.of(status, headers, request);
    return FapiResponseSignature.sign(jose, key, response, more, content, clock.instant());
  }

  private static boolean isSignable(List<String> values) {
    return values.stream().allMatch(value -> HttpSignatures.PRINTABLE.matcher(value).matches());
  }
}
