package dev.countersign.client;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jar.RequestObject;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.metadata.MessageSigningMetadata;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.requirement.Enforces;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How an authorization request becomes the parameters that are pushed: as it is, or signed, if the
 * client has a key for that. Keeps nothing; for any number of threads at once.
 *
 * @param key what requests are signed with; absent if they are not signed
 * @param audience the issuer identifier of the server
 * @param time by the server's clock, as far as it is known
 */
record RequestSigning(
    Optional<SigningKey> key, Jose jose, Issuer audience, ServerTime time, SecureRandom random) {

  /** Our choice, the same as an assertion's: the object is pushed at once. */
  private static final Duration LIFETIME = Duration.ofSeconds(60);

  /**
   * The parameters of a request, anew for each attempt to push them: each object has a {@code jti}
   * of its own, and the time that is known by then.
   *
   * @param server what it says it takes
   * @throws MetadataFault if it takes no requests by this client's algorithm, or, from a client
   *     that does not sign, none that are not signed
   */
  @Enforces({"MS-5.3.2-1", "JAR-4", "JAR-8"})
  Supplier<Form> parameters(AuthorizationRequest request, MessageSigningMetadata server)
      throws MetadataFault {
    if (key.isEmpty()) {
      if (server.requireSignedRequestObject()) {
        throw new MetadataFault(
            "the server takes signed requests alone (require_signed_request_object): build the"
                + " client with signedRequests (JAR-8)");
      }
      Form plain = request.toForm();
      return () -> plain;
    }
    SigningKey with = key.get();
    requireVerified(with.algorithm().joseName(), server.requestObjectSigningAlgsSupported());
    return () -> RequestObject.toForm(signed(request, with), request.clientId());
  }

  /** A list that is absent says nothing; one that is there says it all. */
  private static void requireVerified(String algorithm, List<String> supported)
      throws MetadataFault {
    if (!supported.isEmpty() && !supported.contains(algorithm)) {
      throw new MetadataFault(
          "the server verifies no request objects by "
              + algorithm
              + " (request_object_signing_alg_values_supported, JAR-8)");
    }
  }

  @Enforces({"MS-5.3.2-2", "MS-5.3.2-3", "MS-5.3.2-4", "MS-5.3.2-5", "JAR-11"})
  private String signed(AuthorizationRequest request, SigningKey with) {
    return RequestObject.create(
        jose, with, request, audience, time.now(), LIFETIME, Optional.of(Jti.random(random)));
  }
}
