package dev.countersign.attacker.play;

import dev.countersign.attacker.deployment.Bounds;
import dev.countersign.attacker.deployment.ClientUnderTest;
import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.deployment.TestListener;
import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.protocol.http.Form;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where people log in: at the authorization server, and at whatever other host of it the target
 * file allows. What is known to be something else is none: resources, clients and the attacker.
 *
 * @param hosts each as {@code host:port}
 * @param people whose passwords go nowhere else
 */
record Login(Set<String> hosts, List<TestUser> people) {

  Login {
    hosts = Set.copyOf(hosts);
    people = List.copyOf(people);
  }

  /** That of a target. */
  static Login at(Target target, Server server) {
    Set<String> hosts = new HashSet<>(target.bounds().allow());
    others(target).map(Bounds::authority).toList().forEach(hosts::remove);
    Stream.concat(Stream.of(server.issuer().uri()), server.endpoint(Server.AUTHORIZATION).stream())
        .map(Bounds::authority)
        .forEach(hosts::add);
    return new Login(hosts, target.users());
  }

  private static Stream<URI> others(Target target) {
    return Stream.of(
            target.listener().stream().map(TestListener::url),
            target.resources().stream()
                .flatMap(
                    resource ->
                        Stream.concat(Stream.of(resource.url()), resource.foreign().stream())),
            target.clients().stream().map(client -> URI.create(client.redirectUri().value())),
            target.clientsUnderTest().stream().flatMap(Login::lured))
        .flatMap(those -> those);
  }

  private static Stream<URI> lured(ClientUnderTest client) {
    return Stream.concat(
        Stream.of(
            client.startHostile(),
            client.startHonest(),
            client.callbackHostile(),
            client.callbackHonest(),
            client.whoami()),
        Stream.of(client.data(), client.dataHostile()).flatMap(Optional::stream));
  }

  /** Whether a form may be sent there: it holds nothing that a person types, or it is a login. */
  boolean mayTake(URI url, Form form) {
    return hosts.contains(Bounds.authority(url))
        || people.stream().noneMatch(one -> typed(form, one));
  }

  private static boolean typed(Form form, TestUser person) {
    return person.fill().entrySet().stream()
        .anyMatch(typed -> form.values(typed.getKey()).contains(typed.getValue()));
  }
}
