package dev.countersign.client;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.httpsig.FapiRequestSignature;
import dev.countersign.protocol.httpsig.FapiResponseSignature;
import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.httpsig.ResponseMessage;
import dev.countersign.protocol.httpsig.SignatureNonce;
import dev.countersign.protocol.httpsig.VerifiedResponseSignature;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.remote.RemoteAnswer;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One call whose attempts are signed, and whose answer must be that to the last one. For one
 * thread.
 */
final class SignedCall {

  /** Methods by which nothing is done, however often (RFC 9110 section 9.2.1). */
  private static final Set<String> ASKING = Set.of("GET", "HEAD");

  private static final List<String> SIGNED = List.of("signature", "signature-input");

  /** Our choice: what says how the content is to be read. */
  private static final List<String> CONTENT = List.of("content-type", "content-encoding");

  private final HttpSignatures signatures;
  private final String method;
  private final URI target;
  private final byte[] content;
  private final List<String> more;
  private Optional<RequestMessage> sent = Optional.empty();

  SignedCall(HttpSignatures signatures, ResourceRequest request) {
    this.signatures = signatures;
    this.method = request.method();
    this.target = request.target();
    this.content = request.body();
    this.more = new ArrayList<>(CONTENT);
    more.addAll(request.signedHeaders());
  }

  /**
   * The attempt, signed, and remembered until its answer is verified. Each has a nonce: of two
   * equal ones that a certificate proves, neither is the other then, nor is the answer to it.
   */
  @Enforces({"HS-5.3.1.1-1", "HS-5.3.2.2-N", "ATT-64"})
  HttpRequest sign(HttpRequest.Builder attempt) {
    HttpRequest unsigned = attempt.build();
    RequestMessage message = message(unsigned.method(), fields(unsigned));
    List<Map.Entry<String, String>> added =
        FapiRequestSignature.sign(
            signatures.jose(),
            signatures.key(),
            message,
            more,
            content,
            Optional.of(SignatureNonce.random(signatures.random())),
            signatures.time().instant());
    added.forEach(field -> attempt.setHeader(field.getKey(), field.getValue()));
    HttpRequest signed = attempt.build();
    sent = Optional.of(message(signed.method(), fields(signed)));
    return signed;
  }

  /**
   * Whether a demand of a nonce is a reason to send the request again. Whoever stands in between
   * may have handed it on and kept the answer, so what acts is sent again only if the resource
   * server itself says that it refused. An unsigned demand leads to another attempt of what only
   * asks, since there are servers that cannot sign it.
   */
  @Enforces("HS-5.3.2.2-2")
  boolean mayBeSentAgain(RemoteAnswer demand) {
    boolean signed = SIGNED.stream().anyMatch(field -> !demand.headers().all(field).isEmpty());
    if (!signed) {
      return ASKING.contains(method);
    }
    try {
      verified(demand);
      return true;
    } catch (ClientException notTheServers) {
      // It is the answer to this call then, and refused as such.
      return false;
    }
  }

  /**
   * The proof that the resource server signed the answer, as the one to the last attempt.
   *
   * @throws ProtocolViolation if it did not
   */
  @Enforces({"HS-5.3.2.2-2", "HS-5.3.2.2-3", "HS-5.3.2.2-4", "HS-5.3.2.2-5"})
  VerifiedResponseSignature verified(RemoteAnswer answer) throws ClientException {
    RequestMessage request =
        sent.orElseThrow(() -> new IllegalStateException("nothing was signed"));
    ResponseMessage response = ResponseMessage.of(answer.status(), answer.headers(), request);
    try {
      FapiResponseSignature signature =
          FapiResponseSignature.read(response, signatures.time().instant());
      JwkSet keys = signatures.keys().of(target, signature.keyid().orElse(""));
      return signature.verify(signatures.jose(), keys, answer.body());
    } catch (InvalidHttpSignatureException e) {
      throw new ProtocolViolation(
          e.rule(), "the answer is not signed as the resource server's to this request", e);
    }
  }

  private RequestMessage message(String method, Headers headers) {
    return RequestMessage.of(method, asServed(target), headers);
  }

  private static Headers fields(HttpRequest request) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    request
        .headers()
        .map()
        .forEach((name, values) -> values.forEach(value -> fields.add(Map.entry(name, value))));
    return Headers.of(fields);
  }

  /** The target as it is sent: with a path, and without the fragment. */
  private static URI asServed(URI target) {
    String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    return URI.create(ResourceServerKeys.origin(target) + path + query);
  }
}
