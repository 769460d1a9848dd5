package dev.countersign.resource;

import dev.countersign.protocol.metadata.ProtectedResourceMetadataBuilder;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.requirement.Enforces;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a resource server tells the world of itself, beside what its settings say already: it makes
 * the library publish metadata (RFC 9728).
 *
 * @param scopes all scope values that its resources want
 * @param name a name for people
 * @param documentation a page for developers
 * @param policy a page about what clients may do with the data
 * @param terms the terms of service
 * @param detailTypes types of authorization details that its resources understand (RFC 9396)
 */
public record Description(
    Scope scopes,
    Optional<String> name,
    Optional<URI> documentation,
    Optional<URI> policy,
    Optional<URI> terms,
    List<String> detailTypes) {

  /** Copies the list. */
  public Description {
    detailTypes = List.copyOf(detailTypes);
  }

  /** Resources that want these scope values, and nothing else to say. */
  public static Description of(Scope scopes) {
    return new Description(
        scopes, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  /** The same with a name for people. */
  public Description named(String text) {
    return new Description(scopes, Optional.of(text), documentation, policy, terms, detailTypes);
  }

  /** The same with a page for developers. */
  public Description documentedAt(URI page) {
    return new Description(scopes, name, Optional.of(page), policy, terms, detailTypes);
  }

  /** The same with a page about what clients may do with the data. */
  public Description withPolicyAt(URI page) {
    return new Description(scopes, name, documentation, Optional.of(page), terms, detailTypes);
  }

  /** The same with terms of service. */
  public Description withTermsAt(URI page) {
    return new Description(scopes, name, documentation, policy, Optional.of(page), detailTypes);
  }

  /** The same with types of authorization details, of which requests need an object. */
  @Enforces("RAR-10-3")
  public Description understanding(List<DetailType> types) {
    List<String> names = types.stream().map(DetailType::name).toList();
    return new Description(scopes, name, documentation, policy, terms, names);
  }

  void into(ProtectedResourceMetadataBuilder metadata) {
    metadata.scopes(scopes.tokens());
    name.ifPresent(metadata::name);
    documentation.ifPresent(metadata::documentation);
    policy.ifPresent(metadata::policy);
    terms.ifPresent(metadata::terms);
    metadata.authorizationDetailsTypes(detailTypes);
  }
}
