package dev.countersign.attacker.recipe.tls;

import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Server;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.tls.TlsProbe;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every server that the target has, once. */
final class Origins {
  private static final List<String> BACK_CHANNEL =
      List.of(
          Server.PAR,
          Server.TOKEN,
          "introspection_endpoint",
          "revocation_endpoint",
          "userinfo_endpoint",
          "jwks_uri",
          "registration_endpoint",
          "grant_management_endpoint");

  private Origins() {}

  /** All of them that may be reached. */
  static List<URI> all(Lab lab) {
    return distinct(
        lab,
        Stream.concat(
            Stream.of(lab.server().issuer().uri()),
            Stream.concat(
                lab.server().endpoint(Server.AUTHORIZATION).stream(), backChannel(lab).stream())));
  }

  /** Those that no browser needs to reach. */
  static List<URI> backChannel(Lab lab) {
    Server server = lab.server();
    Stream<URI> endpoints =
        BACK_CHANNEL.stream()
            .flatMap(
                name -> Stream.concat(server.endpoint(name).stream(), server.alias(name).stream()));
    Stream<URI> resources = lab.target().resources().stream().map(resource -> resource.url());
    return distinct(lab, Stream.concat(endpoints, resources));
  }

  /** Every URL of the target that may be reached: its metadata, what they name, its resources. */
  static List<URI> urls(Lab lab) {
    Server server = lab.server();
    Stream<URI> endpoints =
        Stream.concat(Stream.of(Server.AUTHORIZATION), BACK_CHANNEL.stream())
            .flatMap(
                name -> Stream.concat(server.endpoint(name).stream(), server.alias(name).stream()));
    Stream<URI> resources = lab.target().resources().stream().map(resource -> resource.url());
    return Stream.of(Server.places(server.issuer()).stream(), endpoints, resources)
        .flatMap(urls -> urls)
        .filter(lab.target().bounds()::allows)
        .distinct()
        .toList();
  }

  private static List<URI> distinct(Lab lab, Stream<URI> urls) {
    Map<String, URI> byAuthority = new LinkedHashMap<>();
    urls.filter(lab.target().bounds()::allows)
        .forEach(url -> byAuthority.putIfAbsent(url.getRawAuthority(), url));
    return List.copyOf(byAuthority.values());
  }

  /** The twin: a client with today's TLS is served. */
  static void served(Play play, TlsProbe probe, URI origin) throws IOException {
    play.twin(
        origin.getRawAuthority() + " serves TLS as it should be",
        () -> {
          Optional<String> distrust = probe.distrust(origin);
          if (distrust.isPresent()) {
            throw new TwinFailedException(distrust.get());
          }
          return origin;
        });
  }
}
