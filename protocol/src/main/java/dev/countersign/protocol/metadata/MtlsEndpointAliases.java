package dev.countersign.protocol.metadata;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.Optional;

/**
 * Where the endpoints are for who shows a client certificate: {@code mtls_endpoint_aliases} (RFC
 * 8705 section 5). Of an endpoint that is absent here the address is the same for everybody.
 *
 * @param parEndpoint {@code pushed_authorization_request_endpoint}
 * @param tokenEndpoint for tokens
 * @param userinfoEndpoint for tokens that are bound to the certificate
 * @param introspectionEndpoint for resource servers
 * @param revocationEndpoint for the end of tokens
 * @param grantManagementEndpoint for grants, by tokens that are bound to the certificate
 */
public record MtlsEndpointAliases(
    Optional<URI> parEndpoint,
    Optional<URI> tokenEndpoint,
    Optional<URI> userinfoEndpoint,
    Optional<URI> introspectionEndpoint,
    Optional<URI> revocationEndpoint,
    Optional<URI> grantManagementEndpoint) {

  /** The member's name. */
  static final String NAME = "mtls_endpoint_aliases";

  /** No endpoint has another address. */
  public static final MtlsEndpointAliases NONE =
      new MtlsEndpointAliases(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Refuses what {@link AuthorizationServerMetadata} refuses of its endpoints. */
  @Enforces("SP-5.2.1-1")
  public MtlsEndpointAliases {
    require("pushed_authorization_request_endpoint", parEndpoint);
    require("token_endpoint", tokenEndpoint);
    require("userinfo_endpoint", userinfoEndpoint);
    require("introspection_endpoint", introspectionEndpoint);
    require("revocation_endpoint", revocationEndpoint);
    require(GrantManagementMetadata.ENDPOINT, grantManagementEndpoint);
  }

  private static void require(String member, Optional<URI> uri) {
    uri.ifPresent(alias -> AuthorizationServerMetadata.requireHttps(NAME + "." + member, alias));
  }

  /** The member of a document; aliases of endpoints that nobody calls directly are ignored. */
  @Enforces("MT-9")
  static MtlsEndpointAliases read(JsonObject document)
      throws MalformedJsonException, InvalidMetadataException {
    Optional<JsonObject> member = document.object(NAME);
    if (member.isEmpty()) {
      return NONE;
    }
    MetadataReader aliases = new MetadataReader(member.get());
    return new MtlsEndpointAliases(
        aliases.url("pushed_authorization_request_endpoint"),
        aliases.url("token_endpoint"),
        aliases.userinfo(),
        aliases.url("introspection_endpoint"),
        aliases.url("revocation_endpoint"),
        aliases.url(GrantManagementMetadata.ENDPOINT));
  }

  /** The member's value; empty if there is no alias. */
  Optional<JsonObject> toJson() {
    return equals(NONE)
        ? Optional.empty()
        : Optional.of(
            JsonObject.builder()
                .put("pushed_authorization_request_endpoint", parEndpoint.map(URI::toString))
                .put("token_endpoint", tokenEndpoint.map(URI::toString))
                .put("userinfo_endpoint", userinfoEndpoint.map(URI::toString))
                .put("introspection_endpoint", introspectionEndpoint.map(URI::toString))
                .put("revocation_endpoint", revocationEndpoint.map(URI::toString))
                .put(GrantManagementMetadata.ENDPOINT, grantManagementEndpoint.map(URI::toString))
                .build());
  }
}
