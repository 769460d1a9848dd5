package dev.countersign.client;

import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.requirement.Enforces;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which messages of the flow are signed beside tokens and assertions (FAPI 2.0 Message Signing).
 *
 * @param requests by what authorization requests are signed; empty if they are not
 * @param responses how signed responses come; {@link ResponseMode#QUERY} if they are not signed
 * @param responseAlgorithm the one algorithm of responses, if one was registered
 */
record MessageSigning(
    Optional<SigningKey> requests,
    ResponseMode responses,
    Optional<SignatureAlgorithm> responseAlgorithm) {

  static final MessageSigning NONE =
      new MessageSigning(Optional.empty(), ResponseMode.QUERY, Optional.empty());

  MessageSigning signing(SigningKey key) {
    return new MessageSigning(Optional.of(key), responses, responseAlgorithm);
  }

  MessageSigning answeredBy(ResponseMode mode) {
    return new MessageSigning(requests, mode, responseAlgorithm);
  }

  MessageSigning answeredWith(SignatureAlgorithm algorithm) {
    return new MessageSigning(requests, responses, Optional.of(algorithm));
  }

  /** Refuses a server that says it cannot do, or that demands, otherwise; nothing was sent yet. */
  @Enforces({"MS-5.3.2-1", "MS-5.4.2-1", "JAR-8", "JARM-8"})
  void requireSupported(AuthorizationServerMetadata server) throws MetadataFault {
    if (requests.isPresent()) {
      requireRequests(server, requests.get().algorithm().joseName());
    } else if (server.messageSigning().requireSignedRequestObject()) {
      throw new MetadataFault("the server wants signed requests, and the client signs none");
    }
    if (responses.isSigned()) {
      requireResponses(server);
    }
  }

  private static void requireRequests(AuthorizationServerMetadata server, String algorithm)
      throws MetadataFault {
    List<String> known = server.messageSigning().requestObjectSigningAlgsSupported();
    if (known.isEmpty() && !server.messageSigning().requestParameterSupported()) {
      throw new MetadataFault("the server says of no algorithm that it takes request objects by");
    }
    if (!known.isEmpty() && !known.contains(algorithm)) {
      throw new MetadataFault("the server takes no request objects by " + algorithm);
    }
  }

  private void requireResponses(AuthorizationServerMetadata server) throws MetadataFault {
    if (!server.responseModesSupported().contains(responses.value())) {
      throw new MetadataFault("the server has no response mode " + responses.value());
    }
    List<String> known = server.messageSigning().authorizationSigningAlgsSupported();
    List<String> ours =
        responseAlgorithm.map(List::of).orElse(List.of(SignatureAlgorithm.values())).stream()
            .map(SignatureAlgorithm::joseName)
            .toList();
    if (!known.isEmpty() && known.stream().noneMatch(ours::contains)) {
      throw new MetadataFault("the server signs no responses by " + String.join(" or ", ours));
    }
  }

  /** The modes that {@code responses} may be. */
  static ResponseMode signed(ResponseMode mode) {
    if (!mode.isSigned()) {
      throw new IllegalArgumentException(
          "the response mode must be one of a signed response, of "
              + Arrays.stream(ResponseMode.values()).filter(ResponseMode::isSigned).toList());
    }
    return mode;
  }

  /** What is signed, without the key. */
  @Override
  public String toString() {
    return "MessageSigning[requests=" + requests.isPresent() + ", responses=" + responses + "]";
  }
}
