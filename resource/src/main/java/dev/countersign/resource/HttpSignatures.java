package dev.countersign.resource;

import dev.countersign.protocol.httpsig.InvalidHttpSignatureException;
import dev.countersign.protocol.httpsig.RequestMessage;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.PublicJwk;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether requests must be signed, and responses are (FAPI 2.0 HTTP Signatures section 5.3).
 *
 * @param clients the keys of those who must sign; empty if nobody must
 * @param responses by what responses are signed; empty if they are not
 * @param fields of responses that are signed by the API's choice
 */
record HttpSignatures(
    Jose jose,
    Optional<ClientSigningKeys> clients,
    Optional<ResponseKeys> responses,
    List<String> fields) {
  private static final List<String> LINKING =
      List.of("content-digest", "signature", "signature-input");

  /** Our choice: half of what is signed at most, so that an answer has room for its own. */
  private static final int MAX_LINKED = 128 * 1024;

  /** What a signed value is made of (RFC 9421 section 2.5). */
  static final Pattern PRINTABLE = Pattern.compile("[\\t -~]*");

  static HttpSignatures off(Jose jose) {
    return new HttpSignatures(jose, Optional.empty(), Optional.empty(), List.of());
  }

  HttpSignatures demandingOf(ClientSigningKeys keys) {
    return new HttpSignatures(jose, Optional.of(keys), responses, fields);
  }

  HttpSignatures signingBy(ResponseKeys keys, List<String> names) {
    return new HttpSignatures(jose, clients, Optional.of(keys), List.copyOf(names));
  }

  /** A response is linked to the digest of its request, which must not be a false one. */
  boolean wantContent() {
    return clients.isPresent() || responses.isPresent();
  }

  /** Where the keys of responses are, if anywhere. */
  @Enforces("HS-5.3.2.1-1")
  Optional<PublishedKeys> published(ResourceIndicator audience, PublicUrl self) {
    return responses.flatMap(
        keys ->
            keys.jwksUri()
                .or(() -> usualPlace(audience))
                .map(place -> new PublishedKeys(place, keys.published(), self)));
  }

  private static Optional<URI> usualPlace(ResourceIndicator audience) {
    URI self = URI.create(audience.value());
    String slash = audience.value().endsWith("/") ? "" : "/";
    return "https".equalsIgnoreCase(self.getScheme()) && self.getRawQuery() == null
        ? Optional.of(URI.create(self + slash + "jwks.json"))
        : Optional.empty();
  }

  /** The algorithms of all published keys, those that are to sign later included. */
  List<SignatureAlgorithm> responseAlgorithms() {
    return responses.stream()
        .flatMap(keys -> keys.published().keys().stream())
        .map(PublicJwk::algorithm)
        .distinct()
        .toList();
  }

  /**
   * What is wanted of a request, after what is signed was looked at.
   *
   * @throws RefusalException 401 if it is not signed as it must be, or if its answer could not be;
   *     400 if nobody could sign it
   */
  @Enforces({"HS-5.3.2.1-1", "HS-5.3.1.2-3"})
  RequestSignature of(ResourceRequest request, PublicUrl publicUrl, Instant now) {
    if (!wantContent()) {
      return RequestSignature.NONE;
    }
    RequestMessage message =
        message(request, publicUrl)
            .orElseThrow(
                () ->
                    Refusal.oauth(
                            OAuthError.INVALID_REQUEST,
                            "HS-5.3.1.2-5",
                            "the URL of the request is malformed")
                        .exception());
    if (responses.isPresent() && !isSignable(message)) {
      throw RequestSignature.refused(
          new InvalidHttpSignatureException("HS-5.3.2.1-3", "its answer could not be signed"));
    }
    return clients.isPresent()
        ? DemandedSignature.read(jose, clients.get(), message, now)
        : new LinkedContent(request.headers());
  }

  /** Of a request that cannot be named in a signature, no answer is signed. */
  AnswerSigner signer(ResourceRequest request, PublicUrl publicUrl, InstantSource clock) {
    Optional<RequestMessage> message =
        message(request, publicUrl).filter(HttpSignatures::isSignable);
    return responses.isPresent() && message.isPresent()
        ? new ResponseSigner(jose, responses.get().current(), message.get(), fields, clock)
        : AnswerSigner.NONE;
  }

  private static Optional<RequestMessage> message(ResourceRequest request, PublicUrl publicUrl) {
    return publicUrl
        .target(request)
        .map(target -> RequestMessage.of(request.method(), target, request.headers()));
  }

  /**
   * What links an answer to its request has to be printable ASCII (RFC 9421 section 2.5), whoever
   * wrote it, and no more than is signed.
   */
  private static boolean isSignable(RequestMessage request) {
    List<String> linked = new ArrayList<>(List.of(request.method(), request.targetUri()));
    LINKING.forEach(name -> linked.addAll(request.headers().all(name)));
    return linked.stream().allMatch(value -> PRINTABLE.matcher(value).matches())
        && linked.stream().mapToInt(String::length).sum() <= MAX_LINKED;
  }
}
