package dev.countersign.resource;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.httpsig.FapiResponseSignature;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.ResponseMessage;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.requirement.Enforces;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Signs the answers to one request by a key of this resource server.
 *
 * @param clock asked at each answer: some take longer than the minute for which clients take them
 */
record ResponseSigner(Jose jose, SigningKey key, RequestMessage request, InstantSource clock)
    implements AnswerSigner {

  /** Our choice: what says how the content is to be read, or where to go on. */
  private static final List<String> MORE = List.of("content-type", "content-encoding", "location");

  @Override
  public boolean signs() {
    return true;
  }

  @Override
  @Enforces({"HS-5.3.2.1-1", "HS-5.3.2.1-N"})
  public List<Map.Entry<String, String>> sign(
      int status, List<Map.Entry<String, String>> fields, byte[] content) {
    ResponseMessage response = ResponseMessage.of(status, Headers.of(fields), request);
    return FapiResponseSignature.sign(jose, key, response, MORE, content, clock.instant());
  }
}
