package dev.countersign.protocol.metadata;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Collects the description of a resource of ours. What FAPI 2.0 leaves no choice in is fixed: a
 * token stands in the Authorization header only, proofs are signed by one of our three algorithms.
 * For one thread.
 */
public final class ProtectedResourceMetadataBuilder {

  private final URI resource;
  private final Issuer issuer;
  private List<String> scopes = List.of();
  private Optional<String> name = Optional.empty();
  private Optional<URI> documentation = Optional.empty();
  private Optional<URI> policy = Optional.empty();
  private Optional<URI> terms = Optional.empty();
  private List<String> detailTypes = List.of();
  private Optional<URI> jwksUri = Optional.empty();
  private List<String> signingAlgs = List.of();
  private boolean certificates;
  private boolean proofs;

  ProtectedResourceMetadataBuilder(URI resource, Issuer issuer) {
    this.resource = resource;
    this.issuer = issuer;
  }

  /** Scope values that requests for the resource need. */
  public ProtectedResourceMetadataBuilder scopes(List<String> scopes) {
    this.scopes = List.copyOf(scopes);
    return this;
  }

  /** A name for people. */
  public ProtectedResourceMetadataBuilder name(String name) {
    this.name = Optional.of(name);
    return this;
  }

  /** A page for developers. */
  public ProtectedResourceMetadataBuilder documentation(URI page) {
    this.documentation = Optional.of(page);
    return this;
  }

  /** A page about what clients may do with the data. */
  public ProtectedResourceMetadataBuilder policy(URI page) {
    this.policy = Optional.of(page);
    return this;
  }

  /** The terms of service. */
  public ProtectedResourceMetadataBuilder terms(URI page) {
    this.terms = Optional.of(page);
    return this;
  }

  /** Types of authorization details that the resource understands (RFC 9396 section 10). */
  @Enforces({"RAR-10-3"})
  public ProtectedResourceMetadataBuilder authorizationDetailsTypes(List<String> types) {
    this.detailTypes = List.copyOf(types);
    return this;
  }

  /**
   * The resource signs its responses.
   *
   * @param keys where its keys are
   * @param algorithms it signs with, at least one
   */
  public ProtectedResourceMetadataBuilder signsResponses(
      URI keys, Collection<SignatureAlgorithm> algorithms) {
    this.jwksUri = Optional.of(keys);
    this.signingAlgs = algorithms.stream().map(SignatureAlgorithm::joseName).distinct().toList();
    return this;
  }

  /** The resource takes tokens that are bound to a client certificate. */
  public ProtectedResourceMetadataBuilder certificateBoundTokens() {
    this.certificates = true;
    return this;
  }

  /** The resource takes tokens that are bound to a DPoP key. */
  public ProtectedResourceMetadataBuilder dpopBoundTokens() {
    this.proofs = true;
    return this;
  }

  /** The description; refuses what its constructor refuses. */
  @Enforces({"PR-2", "SP-5.3.4-1", "SP-5.3.4-2", "SP-5.4.1-1.2"})
  public ProtectedResourceMetadata build() {
    return new ProtectedResourceMetadata(
        resource,
        List.of(issuer),
        jwksUri,
        scopes,
        List.of("header"),
        signingAlgs,
        name,
        documentation,
        policy,
        terms,
        certificates,
        detailTypes,
        proofs ? SignatureAlgorithm.joseNames() : List.of(),
        proofs && !certificates);
  }
}
