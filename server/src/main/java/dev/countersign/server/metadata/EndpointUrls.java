package dev.countersign.server.metadata;

import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.server.config.MtlsConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The public URLs of the endpoints, all below the issuer, and their aliases for clients with a
 * certificate.
 *
 * @param issuer the server's issuer
 * @param mtls the second listener, if there is one
 */
public record EndpointUrls(Issuer issuer, Optional<MtlsConfig> mtls) {

  /** A server without a second listener. */
  public EndpointUrls(Issuer issuer) {
    this(issuer, Optional.empty());
  }

  /** All public URLs of an endpoint: that below the issuer, and its alias if it has one. */
  public List<URI> all(URI endpoint) {
    return Stream.concat(Stream.of(endpoint), mtls.map(second -> second.alias(endpoint)).stream())
        .toList();
  }

  /** Where an endpoint is for who shows a certificate, if that is another place. */
  public Optional<URI> alias(URI endpoint) {
    return mtls.map(second -> second.alias(endpoint));
  }

  /** The pushed authorization request endpoint. */
  public URI par() {
    return at("/par");
  }

  /** The authorization endpoint. */
  public URI authorize() {
    return at("/authorize");
  }

  /** The token endpoint. */
  public URI token() {
    return at("/token");
  }

  /** The revocation endpoint. */
  public URI revoke() {
    return at("/revoke");
  }

  /** The feed of grants that ended. */
  public URI revocations() {
    return at("/revocations");
  }

  /** The introspection endpoint. */
  public URI introspect() {
    return at("/introspect");
  }

  /** Userinfo. */
  public URI userinfo() {
    return at("/userinfo");
  }

  /** The grant management endpoint; below it, the grants. */
  public URI grants() {
    return at("/grants");
  }

  /** The registration endpoint; below it, those of the registrations. */
  public URI register() {
    return at("/register");
  }

  /** The operator's API, the audience of operators' tokens. */
  public URI operator() {
    return at("/operator");
  }

  /** Grants as operators see them; below it, each of them. */
  public URI operatorGrants() {
    return at("/operator/grants");
  }

  /** Below it, the clients that an operator can end. */
  public URI operatorClients() {
    return at("/operator/clients");
  }

  /** The public keys. */
  public URI jwks() {
    return at("/jwks");
  }

  /** The metadata, where RFC 8414 section 3 has it: inserted before the issuer's path. */
  public URI oauthMetadata() {
    return issuer.oauthMetadata();
  }

  /** The metadata, where OpenID Connect Discovery section 4 has it: below the issuer. */
  public URI openIdConfiguration() {
    return issuer.openIdConfiguration();
  }

  private URI at(String path) {
    String value = issuer.value();
    return URI.create(
        (value.endsWith("/") ? value.substring(0, value.length() - 1) : value) + path);
  }
}
