package dev.countersign.server.config;

import dev.countersign.edge.TrustedProxies;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.details.DetailTypes;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything that {@code countersign.yaml} says, checked. {@link ConfigFile#read} makes it.
 *
 * @param issuer the issuer identifier, the public address of the server
 * @param listen where it listens
 * @param tls its certificate
 * @param store the file of the embedded store
 * @param scopes the scopes that exist; always with {@code openid} and {@code offline_access}
 * @param resources where access tokens may be used; never empty
 * @param lifetimes how long things last
 * @param login the built-in login
 * @param dpop the nonce switches
 * @param signingAlgorithm what access tokens, and ID tokens by default, are signed with
 * @param clients who may ask, at the start
 * @param resourceServers who may ask whether tokens stand; they have no grants
 * @param users the accounts of the built-in login
 * @param pages how the pages look and what they say
 * @param log how the log is written
 * @param management probes and metrics
 * @param mtls the second listener; empty: there is none
 * @param proxies who stands in front of both listeners
 * @param clientCertificates whether clients can show certificates
 * @param registration where clients come from, and how that may change
 * @param detailTypes the types of authorization details that exist
 * @param revocationFeed the feed for resource servers
 * @param grantManagement whether clients may manage grants
 */
public record Config(
    Issuer issuer,
    ListenAddress listen,
    TlsFiles tls,
    Path store,
    List<ScopeConfig> scopes,
    List<ResourceConfig> resources,
    Lifetimes lifetimes,
    LoginConfig login,
    DpopConfig dpop,
    SignatureAlgorithm signingAlgorithm,
    List<RegisteredClient> clients,
    List<RegisteredClient> resourceServers,
    List<UserConfig> users,
    PagesConfig pages,
    LogConfig log,
    ManagementConfig management,
    Optional<MtlsConfig> mtls,
    TrustedProxies proxies,
    ClientCertificateConfig clientCertificates,
    ClientsConfig registration,
    DetailTypes detailTypes,
    RevocationFeedConfig revocationFeed,
    GrantManagementConfig grantManagement) {

  /** Copies the lists and refuses a server without any resource: its tokens had no audience. */
  public Config {
    scopes = List.copyOf(scopes);
    resources = List.copyOf(resources);
    clients = List.copyOf(clients);
    resourceServers = List.copyOf(resourceServers);
    users = List.copyOf(users);
    if (resources.isEmpty()) {
      throw new IllegalArgumentException("Config.resources must not be empty (AT-5)");
    }
  }

  /**
   * What the server signs with: its own algorithm, and those that clients and resource servers want
   * of what is signed for them.
   */
  public Set<SignatureAlgorithm> signingAlgorithms() {
    Set<SignatureAlgorithm> algorithms = EnumSet.of(signingAlgorithm);
    Stream.concat(clients.stream(), resourceServers.stream())
        .map(RegisteredClient::algorithmsOfServer)
        .forEach(algorithms::addAll);
    return algorithms;
  }
}
