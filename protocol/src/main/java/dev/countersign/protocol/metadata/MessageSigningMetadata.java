package dev.countersign.protocol.metadata;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Enforces;
import java.util.List;
import java.util.Optional;

/**
 * Which messages a server takes or gives signed, beside its tokens: authorization requests (RFC
 * 9101 section 10.5), authorization responses (JARM section 4) and introspection responses (RFC
 * 9701 section 7). Nothing is encrypted by or for us.
 *
 * @param requestParameterSupported {@code request_parameter_supported}: whether it takes request
 *     objects by value
 * @param requestUriParameterSupported {@code request_uri_parameter_supported}: whether it fetches
 *     request objects; true if a document does not say it
 * @param requireSignedRequestObject {@code require_signed_request_object}: whether it takes nothing
 *     else from anybody
 * @param requestObjectSigningAlgsSupported {@code request_object_signing_alg_values_supported}:
 *     what it verifies
 * @param authorizationSigningAlgsSupported {@code authorization_signing_alg_values_supported}: what
 *     it signs authorization responses with
 * @param introspectionSigningAlgsSupported {@code introspection_signing_alg_values_supported}: what
 *     it signs introspection responses with
 */
public record MessageSigningMetadata(
    boolean requestParameterSupported,
    boolean requestUriParameterSupported,
    boolean requireSignedRequestObject,
    List<String> requestObjectSigningAlgsSupported,
    List<String> authorizationSigningAlgsSupported,
    List<String> introspectionSigningAlgsSupported) {

  /** A server that neither takes request objects nor signs responses. */
  public static final MessageSigningMetadata NONE =
      new MessageSigningMetadata(false, false, false, List.of(), List.of(), List.of());

  private static final String REQUEST = "request_parameter_supported";
  private static final String REQUEST_URI = "request_uri_parameter_supported";
  private static final String REQUIRED = "require_signed_request_object";
  private static final String REQUEST_ALGORITHMS = "request_object_signing_alg_values_supported";
  private static final String RESPONSE_ALGORITHMS = "authorization_signing_alg_values_supported";
  private static final String INTROSPECTION_ALGORITHMS =
      "introspection_signing_alg_values_supported";

  /** Copies the lists. */
  public MessageSigningMetadata {
    requestObjectSigningAlgsSupported = List.copyOf(requestObjectSigningAlgsSupported);
    authorizationSigningAlgsSupported = List.copyOf(authorizationSigningAlgsSupported);
    introspectionSigningAlgsSupported = List.copyOf(introspectionSigningAlgsSupported);
  }

  /** What absent members mean stands in OpenID Connect Discovery section 3. */
  @Enforces({"JAR-8", "JARM-8", "9701-9"})
  static MessageSigningMetadata read(JsonObject document) throws MalformedJsonException {
    return new MessageSigningMetadata(
        document.bool(REQUEST).orElse(false),
        document.bool(REQUEST_URI).orElse(true),
        document.bool(REQUIRED).orElse(false),
        document.strings(REQUEST_ALGORITHMS).orElse(List.of()),
        document.strings(RESPONSE_ALGORITHMS).orElse(List.of()),
        document.strings(INTROSPECTION_ALGORITHMS).orElse(List.of()));
  }

  /** The members of the document. {@code request_uri_parameter_supported} has to be said. */
  @Enforces({"JAR-8", "JARM-8", "9701-9"})
  JsonObject toJson() {
    return JsonObject.builder()
        .put(REQUEST, requestParameterSupported)
        .put(REQUEST_URI, requestUriParameterSupported)
        .put(REQUIRED, requireSignedRequestObject)
        .put(REQUEST_ALGORITHMS, some(requestObjectSigningAlgsSupported))
        .put(RESPONSE_ALGORITHMS, some(authorizationSigningAlgsSupported))
        .put(INTROSPECTION_ALGORITHMS, some(introspectionSigningAlgsSupported))
        .build();
  }

  private static Optional<List<String>> some(List<String> values) {
    return Optional.of(values).filter(list -> !list.isEmpty());
  }
}
