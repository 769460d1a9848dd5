package dev.countersign.server.register;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.ClientAuthentication;
import dev.countersign.server.client.ClientKeys;
import dev.countersign.server.client.RegisteredClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that is registered of a client, with what the server set or replaced (RFC 7591 3.2.1). */
final class Effective {
  /** Kept as they came. */
  private static final Set<String> AS_SENT =
      Set.of(
          "tls_client_auth_subject_dn",
          "tls_client_auth_san_dns",
          "tls_client_auth_san_uri",
          "tls_client_auth_san_ip",
          "tls_client_auth_san_email",
          "use_mtls_endpoint_aliases",
          "client_uri",
          "logo_uri",
          "policy_uri",
          "tos_uri",
          "software_statement");

  private static final String ID_TOKENS = "id_token_signed_response_alg";

  private final RegisteredClient client;

  Effective(RegisteredClient client) {
    this.client = client;
  }

  /**
   * What is registered, with what holds where the client did not care: that is not kept, since it
   * follows the configuration, as it does for the clients of the files.
   *
   * @param signing what ID tokens are signed with if a client does not care
   */
  @Enforces("DC-1")
  static JsonObject shown(JsonObject registered, SignatureAlgorithm signing) {
    return registered.has(ID_TOKENS)
        ? registered
        : registered.toBuilder().put(ID_TOKENS, signing.joseName()).build();
  }

  private Optional<List<String>> detailTypes() {
    return Optional.of(client.detailTypes().stream().sorted().toList())
        .filter(types -> !types.isEmpty());
  }

  @Enforces({"DC-1", "DC-3", "PAR-12"})
  JsonObject of(JsonObject sent) throws MalformedJsonException {
    boolean code = client.mayUse(GrantType.AUTHORIZATION_CODE);
    JsonObject.Builder all =
        JsonObject.builder()
            .put("client_name", client.name())
            .put("redirect_uris", client.redirectUris().stream().map(RedirectUri::value).toList())
            .put("grant_types", List.of(client.grantTypeValues().split(" ", -1)))
            .put(Demands.RESPONSE_TYPES, code ? List.of("code") : List.of())
            .put("scope", client.scope().toString())
            .put("token_endpoint_auth_method", client.authentication().method())
            .put("dpop_bound_access_tokens", client.binding() == SenderConstraint.DPOP)
            .put(
                "tls_client_certificate_bound_access_tokens",
                client.binding() == SenderConstraint.MTLS)
            .put("require_pushed_authorization_requests", true)
            .put("authorization_details_types", detailTypes())
            .put(ID_TOKENS, client.idTokenAlgorithm().map(SignatureAlgorithm::joseName))
            .putAll(MessageMembers.kept(client, sent))
            .put(Demands.SUBJECT_TYPE, "public")
            .put(Demands.APPLICATION_TYPE, sent.string(Demands.APPLICATION_TYPE).orElse("web"))
            .put("contacts", sent.strings("contacts"))
            .put("software_id", sent.string("software_id"))
            .put("software_version", sent.string("software_version"))
            .putAll(sent.only(AS_SENT));
    switch (client.keys()) {
      case ClientKeys.Fixed(JwkSet jwks) -> all.put("jwks", jwks.toJson());
      case ClientKeys.Published(URI jwksUri) -> all.put("jwks_uri", jwksUri.toString());
      case ClientKeys.None() -> {}
    }
    if (client.authentication() instanceof ClientAuthentication.PrivateKeyJwt own) {
      all.put("token_endpoint_auth_signing_alg", own.algorithm().map(SignatureAlgorithm::joseName));
    }
    return all.build();
  }
}
