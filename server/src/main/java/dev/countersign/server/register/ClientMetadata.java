package dev.countersign.server.register;

import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.config.DynamicRegistration;
import dev.countersign.server.config.DynamicRegistration.Reading;
import dev.countersign.server.text.VisibleText;
import dev.countersign.store.Registration;
import dev.countersign.store.StoreException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the metadata of a client (RFC 7591 section 2) means here. Members that we do not know are
 * ignored; those that we know must be what this server can do.
 */
public final class ClientMetadata {
  private static final int LONGEST_NAME = 100;
  private static final String NAME = "client_name";
  private static final String GRANTS = "grant_types";
  private static final String SCOPE = "scope";
  private static final String METHOD = "token_endpoint_auth_method";
  private static final String JWKS = "jwks";
  private static final String REDIRECTS = "redirect_uris";
  private static final String DETAIL_TYPES = "authorization_details_types";

  private static final JsonObject NO_REDIRECTS =
      JsonObject.builder().put(REDIRECTS, List.of()).build();

  /** Members that are keys of a client in the files too, of the same name and meaning. */
  private static final Set<String> AS_IN_FILES =
      Set.of(
          REDIRECTS,
          METHOD,
          "token_endpoint_auth_signing_alg",
          "tls_client_auth_subject_dn",
          "tls_client_auth_san_dns",
          "tls_client_auth_san_uri",
          "tls_client_auth_san_ip",
          "tls_client_auth_san_email",
          JWKS,
          "jwks_uri",
          "id_token_signed_response_alg",
          MessageMembers.REQUEST_ALGORITHM,
          MessageMembers.RESPONSE_ALGORITHM,
          "dpop_bound_access_tokens",
          "tls_client_certificate_bound_access_tokens",
          "use_mtls_endpoint_aliases",
          DETAIL_TYPES);

  private final DynamicRegistration rules;
  private final SignatureAlgorithm signing;
  private final SoftwareStatements statements;
  private final MessageMembers messages;

  /**
   * Judges by these rules.
   *
   * @param signing what ID tokens and responses are signed with if a client does not care
   * @param statements what others say of clients
   */
  public ClientMetadata(
      DynamicRegistration rules, SignatureAlgorithm signing, SoftwareStatements statements) {
    this.rules = rules;
    this.signing = signing;
    this.statements = statements;
    this.messages = new MessageMembers(rules.messages());
  }

  /**
   * Metadata that is right.
   *
   * @param client the client that it describes
   * @param metadata all of it, with what the server set or replaced; read again it is the same
   */
  record Accepted(RegisteredClient client, JsonObject metadata) {}

  /**
   * Reads what a client sent that registers.
   *
   * @throws RefusalException {@code invalid_redirect_uri}, {@code invalid_client_metadata}, {@code
   *     invalid_software_statement} or {@code unapproved_software_statement} (RFC 7591 section
   *     3.2.2); {@code temporarily_unavailable} if a statement cannot be judged now
   */
  Accepted register(ClientId id, JsonObject sent, Instant now) {
    return accept(id, statements.ofNew(sent, now));
  }

  /**
   * Reads what a client sent to replace its registration.
   *
   * @param registered what is registered until now
   * @throws RefusalException as {@link #register}
   */
  Accepted replace(ClientId id, JsonObject sent, JsonObject registered, Instant now) {
    return accept(id, statements.ofReplacement(sent, registered, now));
  }

  /**
   * Reads what was stored of a client.
   *
   * @throws RefusalException if it does not fit the configuration any more
   */
  Accepted read(ClientId id, JsonObject registered) {
    statements.requireTrusted(registered);
    return accept(id, registered);
  }

  /** What a client is told of its registration: all of it, with what the server sets. */
  JsonObject shown(Registration registration) {
    try {
      return messages.shown(Effective.shown(registration.metadata(), signing), signing);
    } catch (MalformedJsonException e) {
      throw new StoreException("Stored metadata of a client cannot be read", e);
    }
  }

  /** Whether a statement gave the name and the redirect URIs of what was stored of a client. */
  boolean isVouchedFor(JsonObject registered) {
    return statements.say(registered, Set.of(NAME, REDIRECTS));
  }

  @Enforces({"DC-2", "DC-3", "SP-5.3.2.1-3", "SP-5.3.2.2-8"})
  private Accepted accept(ClientId id, JsonObject sent) {
    try {
      Demands.requireMet(sent);
      RegisteredClient client =
          switch (rules.read(id, keys(id, sent))) {
            case Reading.Right(RegisteredClient right) -> right;
            case Reading.Wrong(String key, String fault) -> throw wrong(key, fault);
          };
      requireAllowed(client);
      return new Accepted(client, new Effective(client).of(sent));
    } catch (MalformedJsonException e) {
      throw Refused.malformed(e);
    }
  }

  private JsonObject keys(ClientId id, JsonObject sent) throws MalformedJsonException {
    return JsonObject.builder()
        .put("name", name(id, sent))
        .put(GRANTS, grantTypes(sent))
        .put(SCOPE, sent.string(SCOPE).orElse(rules.scope().toString()))
        .put("resources", rules.resources().stream().map(Object::toString).toList())
        .putAll(withUsableKeys(sent.only(named(sent))))
        .putAll(messages.keys(sent))
        .build();
  }

  /** RFC 7517 sections 4 and 5: keys and members of keys that we do not understand are ignored. */
  private static JsonObject withUsableKeys(JsonObject sent) throws MalformedJsonException {
    if (sent.isNull(JWKS) || !sent.has(JWKS)) {
      return sent;
    }
    Set<String> others = new HashSet<>(sent.names());
    others.remove(JWKS);
    try {
      JwkSet jwks = JwkSet.parse(sent.object(JWKS).orElseThrow());
      return sent.only(others).toBuilder().put(JWKS, jwks.toJson()).build();
    } catch (InvalidJwkException e) {
      throw Refused.because(
          OAuthError.INVALID_CLIENT_METADATA, JWKS, "is not acceptable: " + e.getMessage());
    }
  }

  /** A client without redirect URI may say so by an empty list, as our own answer does. */
  private static Set<String> named(JsonObject sent) {
    return sent.only(Set.of(REDIRECTS)).equals(NO_REDIRECTS)
        ? AS_IN_FILES.stream()
            .filter(name -> !name.equals(REDIRECTS))
            .collect(Collectors.toUnmodifiableSet())
        : AS_IN_FILES;
  }

  /** People read it at consent. */
  @Enforces({"DC-3"})
  private static String name(ClientId id, JsonObject sent) throws MalformedJsonException {
    String name = sent.string(NAME).orElse(id.value());
    if (name.length() > LONGEST_NAME || !VisibleText.isFit(name)) {
      throw Refused.because(
          OAuthError.INVALID_CLIENT_METADATA, NAME, "must be 1 to 100 visible characters");
    }
    return name;
  }

  /** RFC 7591 section 2: without it, the code grant. */
  private static List<String> grantTypes(JsonObject sent) throws MalformedJsonException {
    return sent.strings(GRANTS).orElse(List.of(GrantType.AUTHORIZATION_CODE.value()));
  }

  private static RefusalException wrong(String key, String fault) {
    int end = key.indexOf('[');
    String member = end < 0 ? key : key.substring(0, end);
    return member.equals(REDIRECTS)
        ? Refused.because(OAuthError.INVALID_REDIRECT_URI, member, fault)
        : Refused.because(
            OAuthError.INVALID_CLIENT_METADATA, member.equals("name") ? NAME : member, fault);
  }

  /** What the operator lets clients have that register themselves. */
  @Enforces({"DC-5", "RAR-10-2"})
  private void requireAllowed(RegisteredClient client) {
    if (!rules.methods().contains(client.authentication().method())) {
      throw notForThem(METHOD);
    }
    if (!rules.grantTypes().containsAll(client.grantTypes())) {
      throw notForThem(GRANTS);
    }
    if (!rules.scope().tokens().containsAll(client.scope().tokens())) {
      throw notForThem(SCOPE);
    }
    if (!rules.detailTypes().containsAll(client.detailTypes())) {
      throw notForThem(DETAIL_TYPES);
    }
  }

  private static RefusalException notForThem(String member) {
    return Refused.because(
        OAuthError.INVALID_CLIENT_METADATA, member, "is more than dynamic_registration allows");
  }
}
