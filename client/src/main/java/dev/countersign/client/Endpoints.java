package dev.countersign.client;

import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.Optional;

/**
 * Where one client calls one authorization server. A call that goes by mutual TLS goes to the alias
 * of the endpoint if the metadata has one, otherwise to the endpoint itself (RFC 8705 section 5).
 *
 * @param aliases whether calls of the back channel go by mutual TLS
 * @param aliasOfUserinfo whether the call of userinfo does
 */
record Endpoints(AuthorizationServerMetadata metadata, boolean aliases, boolean aliasOfUserinfo) {

  /** For the browser, which shows no certificate of the client. */
  URI authorization() throws MetadataFault {
    return named("authorization_endpoint", metadata.authorizationEndpoint());
  }

  /** The keys of ID tokens. */
  URI keys() throws MetadataFault {
    return named("jwks_uri", metadata.jwksUri());
  }

  URI pushedAuthorizationRequest() throws MetadataFault {
    return named(
        "pushed_authorization_request_endpoint",
        metadata.parEndpoint(),
        back(metadata.mtlsEndpointAliases().parEndpoint()));
  }

  URI token() throws MetadataFault {
    return named(
        "token_endpoint",
        Optional.of(metadata.tokenEndpoint()),
        back(metadata.mtlsEndpointAliases().tokenEndpoint()));
  }

  URI revocation() throws MetadataFault {
    return named(
        "revocation_endpoint",
        metadata.revocationEndpoint(),
        back(metadata.mtlsEndpointAliases().revocationEndpoint()));
  }

  URI userinfo() throws MetadataFault {
    return named(
        "userinfo_endpoint",
        metadata.userinfoEndpoint(),
        aliasOfUserinfo ? metadata.mtlsEndpointAliases().userinfoEndpoint() : Optional.empty());
  }

  /** Where the grants are; called with access tokens, as userinfo is. */
  @Enforces("GM-6.2-1")
  URI grants() throws MetadataFault {
    return named(
        "grant_management_endpoint",
        metadata.grantManagement().endpoint(),
        aliasOfUserinfo
            ? metadata.mtlsEndpointAliases().grantManagementEndpoint()
            : Optional.empty());
  }

  private Optional<URI> back(Optional<URI> alias) {
    return aliases ? alias : Optional.empty();
  }

  @Enforces({"SP-5.3.3.1-7", "SP-5.2.2.1-3", "MT-9"})
  private static URI named(String name, Optional<URI> endpoint, Optional<URI> alias)
      throws MetadataFault {
    return named(name, alias.or(() -> endpoint));
  }

  private static URI named(String name, Optional<URI> endpoint) throws MetadataFault {
    return endpoint.orElseThrow(() -> new MetadataFault("the metadata names no " + name));
  }
}
