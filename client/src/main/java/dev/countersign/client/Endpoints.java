package dev.countersign.client;

import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
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
    return metadata.authorizationEndpoint();
  }

  URI pushedAuthorizationRequest() throws MetadataFault {
    return metadata.parEndpoint();
  }

  URI token() {
    return metadata.tokenEndpoint();
  }

  URI revocation() throws MetadataFault {
    return named("revocation_endpoint", metadata.revocationEndpoint());
  }

  URI userinfo() throws MetadataFault {
    return named("userinfo_endpoint", metadata.userinfoEndpoint());
  }

  private static URI named(String name, Optional<URI> endpoint) throws MetadataFault {
    return endpoint.orElseThrow(() -> new MetadataFault("the metadata names no " + name));
  }
}
