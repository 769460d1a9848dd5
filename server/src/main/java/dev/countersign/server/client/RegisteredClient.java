package dev.countersign.server.client;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Enforces;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the server knows about a client, or about a resource server, which is registered like a
 * client that has no grant.
 *
 * @param id the {@code client_id}
 * @param name what people read on the consent page
 * @param authentication how it proves who it is
 * @param binding what its access tokens may be bound to
 * @param keys where the public keys are that its assertions are verified with, or the keys of its
 *     certificates
 * @param redirectUris where its responses may go
 * @param grantTypes the grants it may use; empty for a resource server
 * @param scope all that it may ask for
 * @param resources all that it may ask tokens for, or that it serves; never empty
 * @param defaultResource the audience when it names none; one of {@code resources}
 * @param idTokenAlgorithm the algorithm of its ID tokens ({@code id_token_signed_response_alg});
 *     empty: that of the server
 * @param detailTypes the types of authorization details that it may ask for
 * @param messageSigning which of its messages have to be signed, and how
 */
public record RegisteredClient(
    ClientId id,
    String name,
    ClientAuthentication authentication,
    SenderConstraint binding,
    ClientKeys keys,
    List<RedirectUri> redirectUris,
    Set<GrantType> grantTypes,
    Scope scope,
    List<ResourceIndicator> resources,
    ResourceIndicator defaultResource,
    Optional<SignatureAlgorithm> idTokenAlgorithm,
    Set<String> detailTypes,
    MessageSigning messageSigning) {

  /**
   * The scope value of clients by which an operator sees and ends grants. Those of the files alone
   * can have it, and get it for themselves alone.
   */
  public static final String OPERATOR_SCOPE = "countersign_operator";

  /** Copies the collections and refuses a client that could not authenticate. */
  @Enforces({"SP-5.3.2.1-3", "SP-5.3.2.1-6"})
  public RegisteredClient {
    redirectUris = List.copyOf(redirectUris);
    grantTypes = Set.copyOf(grantTypes);
    resources = List.copyOf(resources);
    detailTypes = Set.copyOf(detailTypes);
    if (keys instanceof ClientKeys.None
        && !(authentication instanceof ClientAuthentication.TlsClientAuth)) {
      throw new IllegalArgumentException(
          "RegisteredClient.keys must be known: "
              + authentication.method()
              + " needs them (SP-5.3.2.1-3)");
    }
    if (!resources.contains(defaultResource)) {
      throw new IllegalArgumentException(
          "RegisteredClient.defaultResource must be one of its resources (AT-5)");
    }
  }

  /** Whether the client may use the grant. */
  public boolean mayUse(GrantType grantType) {
    return grantTypes.contains(grantType);
  }

  /** The grants it may use as they are written on the wire, in one order. */
  public String grantTypeValues() {
    return grantTypes.stream().map(GrantType::value).sorted().collect(Collectors.joining(" "));
  }

  /** What the server has to sign with for it, beside its own algorithm. */
  public Set<SignatureAlgorithm> algorithmsOfServer() {
    return Stream.of(
            idTokenAlgorithm,
            messageSigning.responseAlgorithm(),
            messageSigning.introspectionAlgorithm())
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the URI is registered for this client: exactly, a loopback port aside (BCP-2.1-1). */
  public boolean hasRedirectUri(RedirectUri requested) {
    return redirectUris.stream().anyMatch(requested::matches);
  }
}
