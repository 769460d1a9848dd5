package dev.countersign.server.register;

import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.MessageSigning;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.config.SignedMessage;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The members about signed messages (RFC 9101 section 10.5, JARM section 3, Message Signing section
 * 5.3.3): what a client says, what the operator demands of all, and what comes of both. A client
 * that says nothing gets what is demanded; one that says the contrary is refused.
 */
final class MessageMembers {
  static final String SIGNED_REQUESTS = "require_signed_request_object";
  static final String REQUEST_ALGORITHM = "request_object_signing_alg";
  static final String RESPONSE_ALGORITHM = "authorization_signed_response_alg";
  static final String RESPONSE_MODES = "response_modes";

  /** Nothing is encrypted here, and a client that counts on it must learn that now. */
  static final List<String> ENCRYPTION =
      List.of(
          "request_object_encryption_alg",
          "request_object_encryption_enc",
          "authorization_encrypted_response_alg",
          "authorization_encrypted_response_enc",
          "id_token_encrypted_response_alg",
          "id_token_encrypted_response_enc",
          "userinfo_encrypted_response_alg",
          "userinfo_encrypted_response_enc");

  private final Set<SignedMessage> demanded;

  MessageMembers(Set<SignedMessage> demanded) {
    this.demanded = demanded;
  }

  /** What a client of the files would say in its place, but for the algorithms. */
  @Enforces({"DC-3", "JAR-8", "MS-5.3.1-1", "MS-5.3.3-1", "MS-5.4.1-1"})
  JsonObject keys(JsonObject sent) throws MalformedJsonException {
    requireUnencrypted(sent);
    Set<SignedMessage> messages = EnumSet.noneOf(SignedMessage.class);
    messages.addAll(demanded);
    if (signsRequests(sent)) {
      messages.add(SignedMessage.REQUESTS);
    }
    List<String> modes = modes(sent);
    JsonObject.Builder keys = JsonObject.builder();
    if (!messages.isEmpty()) {
      keys.put("profile", "fapi2-message-signing")
          .put("message_signing", messages.stream().map(SignedMessage::value).toList());
    }
    return keys.put(RESPONSE_MODES, Optional.of(modes).filter(some -> !some.isEmpty())).build();
  }

  private boolean signsRequests(JsonObject sent) throws MalformedJsonException {
    boolean must = demanded.contains(SignedMessage.REQUESTS);
    boolean signs = sent.bool(SIGNED_REQUESTS).orElse(must);
    if (must && !signs) {
      throw refused(SIGNED_REQUESTS, "is false, and all who register must sign (MS-5.3.1-1)");
    }
    return signs;
  }

  /** Of those that it names, the ones that it can have here. */
  private List<String> modes(JsonObject sent) throws MalformedJsonException {
    boolean must = demanded.contains(SignedMessage.RESPONSES);
    List<String> named = sent.strings(RESPONSE_MODES).orElse(List.of());
    List<String> possible =
        named.stream()
            .filter(mode -> ResponseMode.of(mode).filter(m -> m.isSigned() || !must).isPresent())
            .distinct()
            .toList();
    if (possible.isEmpty() && !named.isEmpty()) {
      throw refused(
          RESPONSE_MODES,
          must
              ? "holds no signed mode, and all responses must be signed (MS-5.4.1-1)"
              : "holds no mode that there is here");
    }
    return possible;
  }

  @Enforces({"DC-3", "JARM-7"})
  private static void requireUnencrypted(JsonObject sent) {
    for (String name : ENCRYPTION) {
      if (sent.has(name) && !sent.isNull(name)) {
        throw refused(name, "asks for encryption, and there is none here");
      }
    }
  }

  /** What is kept of it: what the client cares for. */
  @Enforces({"DC-1", "JAR-8", "JARM-7", "MS-5.3.3-1"})
  static JsonObject kept(RegisteredClient client, JsonObject sent) throws MalformedJsonException {
    MessageSigning messages = client.messageSigning();
    Optional<List<String>> modes =
        client.mayUse(GrantType.AUTHORIZATION_CODE)
            ? Optional.of(names(messages::mayUse)).filter(_ -> !messages.responseModes().isEmpty())
            : Optional.of(List.of());
    return JsonObject.builder()
        .put(SIGNED_REQUESTS, sent.bool(SIGNED_REQUESTS).filter(signs -> signs))
        .put(REQUEST_ALGORITHM, messages.requestAlgorithm().map(SignatureAlgorithm::joseName))
        .put(RESPONSE_ALGORITHM, messages.responseAlgorithm().map(SignatureAlgorithm::joseName))
        .put(RESPONSE_MODES, modes)
        .build();
  }

  /**
   * What is kept, and what holds where the client did not care.
   *
   * @param signing what responses are signed with then
   */
  @Enforces({"DC-1", "JAR-8", "JARM-7", "MS-5.3.3-1"})
  JsonObject shown(JsonObject registered, SignatureAlgorithm signing)
      throws MalformedJsonException {
    JsonObject.Builder all = registered.without(RESPONSE_MODES).toBuilder();
    if (!registered.has(SIGNED_REQUESTS)) {
      all.put(SIGNED_REQUESTS, demanded.contains(SignedMessage.REQUESTS));
    }
    if (!registered.has(RESPONSE_ALGORITHM)) {
      all.put(RESPONSE_ALGORITHM, signing.joseName());
    }
    return all.put(RESPONSE_MODES, shownModes(registered)).build();
  }

  /** Of those that it registered, or of all, the ones that it can have by now. */
  private List<String> shownModes(JsonObject registered) throws MalformedJsonException {
    boolean must = demanded.contains(SignedMessage.RESPONSES);
    Optional<List<String>> kept = registered.strings(RESPONSE_MODES);
    return names(
        mode ->
            (mode.isSigned() || !must)
                && kept.filter(modes -> !modes.contains(mode.value())).isEmpty());
  }

  private static List<String> names(Predicate<ResponseMode> those) {
    return Arrays.stream(ResponseMode.values()).filter(those).map(ResponseMode::value).toList();
  }

  private static RefusalException refused(String member, String fault) {
    return Refused.because(OAuthError.INVALID_CLIENT_METADATA, member, fault);
  }
}
