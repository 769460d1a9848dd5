package dev.countersign.attacker.deployment;

import dev.countersign.protocol.oauth.Issuer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A deployment to attack.
 *
 * @param issuer the authorization server
 * @param bounds whom and how often an attack may reach
 * @param trust the certificate authorities in place of those of Java; none means those of Java
 * @param clients registered clients that are ours to use, the first two of a kind are used
 * @param users test users whose login is scripted; the first is the victim, the second the attacker
 * @param resources protected resources that tokens of these clients are for
 * @param introspection a resource server that may introspect
 * @param registration how to register a client
 * @param listener where the attacker listens: its own authorization server, and what the target may
 *     be lured to fetch
 * @param clientsUnderTest clients to be lured; of a kind, the first is
 */
public record Target(
    Issuer issuer,
    Bounds bounds,
    List<X509Certificate> trust,
    List<TestClient> clients,
    List<TestUser> users,
    List<TestResource> resources,
    Optional<TestIntrospection> introspection,
    Optional<TestRegistration> registration,
    Optional<TestListener> listener,
    List<ClientUnderTest> clientsUnderTest) {

  /** Copies the lists. */
  public Target {
    trust = List.copyOf(trust);
    clients = List.copyOf(clients);
    users = List.copyOf(users);
    resources = List.copyOf(resources);
    clientsUnderTest = List.copyOf(clientsUnderTest);
  }
}
