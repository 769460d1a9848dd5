package dev.countersign.server.metadata;

import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.server.config.MtlsConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The public URLs of the endpoints, all below the issuer; those of the back channel have a second
 * one where clients show certificates.
 *
 * @param issuer the server's issuer
 * @param mtls the second listener; empty: there is none
 */
public record EndpointUrls(Issuer issuer, Optional<MtlsConfig> mtls) {

  /** Without a second listener. */
  public EndpointUrls(Issuer issuer) {
    this(issuer, Optional.empty());
  }

  /** The URL of an endpoint at the second listener: the same path at another origin. */
  public Optional<URI> alias(URI endpoint) {
    return mtls.map(listener -> listener.alias(endpoint));
  }

  /** Every URL of an endpoint of the back channel. */
  public List<URI> all(URI endpoint) {
    return Stream.concat(Stream.of(endpoint), alias(endpoint).stream()).toList();
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

  /** The introspection endpoint. */
  public URI introspect() {
    return at("/introspect");
  }

  /** Userinfo. */
  public URI userinfo() {
    return at("/userinfo");
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
