package dev.countersign.client;

import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.requirement.Enforces;
import java.util.Optional;

/**
 * Which messages of the flow shall be signed, as a builder was told.
 *
 * @param signsRequests whether requests are
 * @param requestKey by what; absent if by the authentication key
 * @param responseMode how the answers come
 * @param responseAlgorithm by which algorithm alone they may be signed
 */
record MessageSigning(
    boolean signsRequests,
    Optional<SigningKey> requestKey,
    ResponseMode responseMode,
    Optional<SignatureAlgorithm> responseAlgorithm) {

  /** Nothing is signed. */
  static final MessageSigning NONE =
      new MessageSigning(false, Optional.empty(), ResponseMode.QUERY, Optional.empty());

  MessageSigning requests(Optional<SigningKey> key) {
    return new MessageSigning(true, key, responseMode, responseAlgorithm);
  }

  MessageSigning responses(ResponseMode mode) {
    if (!mode.isSigned()) {
      throw new IllegalArgumentException("answers by " + mode + " are not signed (MS-5.4.2-1)");
    }
    return new MessageSigning(signsRequests, requestKey, mode, responseAlgorithm);
  }

  MessageSigning responseAlgorithm(SignatureAlgorithm registered) {
    return new MessageSigning(signsRequests, requestKey, responseMode, Optional.of(registered));
  }

  /**
   * What requests are signed with, if they are. Refuses with {@link IllegalArgumentException} a
   * client that has no such key, and the DPoP key for it.
   */
  @Enforces({"MS-5.3.2-1", "SP-6.8-2"})
  Optional<SigningKey> key(ClientAuthentication authentication, Optional<SigningKey> dpopKey) {
    if (!signsRequests) {
      return Optional.empty();
    }
    SigningKey key = requestKey.orElseGet(() -> keyOf(authentication));
    if (dpopKey.isPresent() && dpopKey.get().thumbprint().equals(key.thumbprint())) {
      throw new IllegalArgumentException(
          "the DPoP key must be another one than the key of requests (SP-6.8-2)");
    }
    return Optional.of(key);
  }

  private static SigningKey keyOf(ClientAuthentication authentication) {
    return switch (authentication) {
      case ClientAuthentication.PrivateKeyJwt(SigningKey key) -> key;
      case ClientAuthentication.MutualTls() ->
          throw new IllegalArgumentException(
              "a client that its certificate authenticates has no key to sign requests: call"
                  + " signedRequests with one (MS-5.3.2-1)");
    };
  }

  /** Refuses an algorithm for signatures that nobody demands: somebody believes they are. */
  AuthorizationAnswers answers(
      Jose jose, Issuer issuer, ClientId clientId, ServerDocuments documents, ServerTime time) {
    if (responseAlgorithm.isPresent() && !responseMode.isSigned()) {
      throw new IllegalArgumentException(
          "an algorithm of signed responses is given, but signedResponses was not called");
    }
    return new AuthorizationAnswers(
        responseMode, responseAlgorithm, jose, issuer, clientId, documents, time);
  }
}
