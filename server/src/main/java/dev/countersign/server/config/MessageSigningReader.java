package dev.countersign.server.config;

import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.ClientKeys;
import dev.countersign.server.client.MessageSigning;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which messages of a party must be signed, and how (FAPI 2.0 Message Signing). */
final class MessageSigningReader {
  private static final String REQUEST_ALGORITHM = "request_object_signing_alg";
  private static final String RESPONSE_ALGORITHM = "authorization_signed_response_alg";
  private static final String MODES = "response_modes";

  private MessageSigningReader() {}

  /**
   * Of a client.
   *
   * @param keys its keys; empty if they are wrong
   * @param grantTypes the grants that it may use
   * @param signing the algorithms that there are, or will be, signing keys for
   */
  @Enforces({"MS-5.3.3-1", "JARM-7"})
  static MessageSigning ofClient(
      Section section,
      Optional<ClientKeys> keys,
      List<GrantType> grantTypes,
      Set<SignatureAlgorithm> signing) {
    Set<SignedMessage> messages = messages(section);
    boolean signs = messages.contains(SignedMessage.REQUESTS);
    Optional<SignatureAlgorithm> requests =
        section.optional(
            REQUEST_ALGORITHM,
            Kinds.algorithm(),
            "any that fits the key",
            "The only algorithm of its request objects.");
    Optional<SignatureAlgorithm> responses =
        ofServer(
            section,
            RESPONSE_ALGORITHM,
            "The algorithm of its signed authorization responses.",
            signing);
    List<ResponseMode> modes = modes(section, messages);
    // Without the code grant there is no request to sign.
    requireKeys(
        section, keys, requests, signs && grantTypes.contains(GrantType.AUTHORIZATION_CODE));
    return new MessageSigning(
        signs,
        messages.contains(SignedMessage.RESPONSES) || onlySigned(modes),
        false,
        requests,
        responses,
        Optional.empty(),
        Set.copyOf(modes));
  }

  private static Set<SignedMessage> messages(Section section) {
    return SignedMessage.read(
        section,
        "The profile of FAPI 2.0 that it is held to. With `fapi2-message-signing` what"
            + " `message_signing` names must be signed.",
        "What must be signed: `requests`, which it pushes as request objects (RFC 9101);"
            + " `responses`, which it asks for by a signed response mode (JARM).");
  }

  private static List<ResponseMode> modes(Section section, Set<SignedMessage> messages) {
    List<ResponseMode> modes =
        section.someOf(
            MODES,
            mode(),
            "any; with `responses` in `message_signing` any that is signed",
            "The response modes that it may use. Where all of these are signed, its responses must"
                + " be.");
    if (messages.contains(SignedMessage.RESPONSES) && modes.contains(ResponseMode.QUERY)) {
      section.problem(MODES, "holds query, and its responses must be signed (MS-5.4.1-1)", "[jwt]");
    }
    return modes;
  }

  private static boolean onlySigned(List<ResponseMode> modes) {
    return !modes.isEmpty() && modes.stream().allMatch(ResponseMode::isSigned);
  }

  /** Of a resource server, for which keys are made at the start that reads of it. */
  @Enforces({"MS-5.5.2-1", "9701-9"})
  static MessageSigning ofResourceServer(Section section) {
    Profile profile =
        Profile.read(
            section,
            "The profile of FAPI 2.0 that it is held to. With `fapi2-message-signing` it must ask"
                + " for signed answers (RFC 9701).");
    Optional<SignatureAlgorithm> algorithm =
        section.optional(
            "introspection_signed_response_alg",
            Kinds.algorithm(),
            "`signing_alg`",
            "The algorithm of the answers that it wants signed.");
    return new MessageSigning(
        false,
        false,
        profile == Profile.MESSAGE_SIGNING,
        Optional.empty(),
        Optional.empty(),
        algorithm,
        Set.of());
  }

  /** An algorithm that the server signs with for a client. */
  static Optional<SignatureAlgorithm> ofServer(
      Section section, String key, String doc, Set<SignatureAlgorithm> signing) {
    Optional<SignatureAlgorithm> algorithm =
        section.optional(key, Kinds.algorithm(), "`signing_alg`", doc);
    algorithm
        .filter(wanted -> !signing.contains(wanted))
        .ifPresent(
            _ -> section.problem(key, "has no signing key yet: one is made at the next start", ""));
    return algorithm;
  }

  /** Keys that its request objects can be verified with. */
  @Enforces({"MS-5.3.1-1", "JAR-9"})
  private static void requireKeys(
      Section section,
      Optional<ClientKeys> keys,
      Optional<SignatureAlgorithm> algorithm,
      boolean signed) {
    if (signed && keys.filter(ClientKeys.None.class::isInstance).isPresent()) {
      section.problem(
          "jwks",
          "or jwks_uri is missing: its requests must be signed (MS-5.3.1-1)",
          JsonKinds.jwks().example());
    }
    if (algorithm.isPresent()
        && keys.orElse(ClientKeys.none()) instanceof ClientKeys.Fixed(JwkSet jwks)
        && jwks.keys().stream().noneMatch(key -> key.algorithm() == algorithm.get())) {
      section.problem(REQUEST_ALGORITHM, "is of none of the client's keys (JAR-9)", "");
    }
  }

  private static Kind<ResponseMode> mode() {
    List<String> names = Arrays.stream(ResponseMode.values()).map(ResponseMode::value).toList();
    return new Kind<>(
        ResponseMode.JWT.value(),
        Shape.oneOf(names),
        "Of `" + String.join("`, `", names) + "`.",
        node ->
            ResponseMode.of(Kinds.text(node))
                .orElseThrow(
                    () -> new Kind.WrongValue("must be one of: " + String.join(", ", names))));
  }
}
