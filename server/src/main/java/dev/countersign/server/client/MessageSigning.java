package dev.countersign.server.client;

import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import java.util.Optional;
import java.util.Set;

/**
 * Which messages of a client, or of a resource server, have to be signed beside what the Security
 * Profile signs (FAPI 2.0 Message Signing), and how.
 *
 * @param requests whether its authorization requests must come as signed request objects
 * @param responses whether it must ask for signed authorization responses
 * @param introspection whether it, a resource server, must ask for signed introspection responses
 * @param requestAlgorithm the one algorithm of its request objects ({@code
 *     request_object_signing_alg}); empty: any that its keys have
 * @param responseAlgorithm the algorithm of its authorization responses ({@code
 *     authorization_signed_response_alg}); empty: that of the server
 * @param introspectionAlgorithm the algorithm of its introspection responses ({@code
 *     introspection_signed_response_alg}); empty: that of the server
 * @param responseModes the response modes that it may use; empty: any
 */
public record MessageSigning(
    boolean requests,
    boolean responses,
    boolean introspection,
    Optional<SignatureAlgorithm> requestAlgorithm,
    Optional<SignatureAlgorithm> responseAlgorithm,
    Optional<SignatureAlgorithm> introspectionAlgorithm,
    Set<ResponseMode> responseModes) {

  /** For a client of the Security Profile alone. */
  public static final MessageSigning NONE =
      new MessageSigning(
          false, false, false, Optional.empty(), Optional.empty(), Optional.empty(), Set.of());

  /** Copies the modes. */
  public MessageSigning {
    responseModes = Set.copyOf(responseModes);
  }

  /** Whether it may have its answer that way. */
  public boolean mayUse(ResponseMode mode) {
    return responseModes.isEmpty() || responseModes.contains(mode);
  }
}
