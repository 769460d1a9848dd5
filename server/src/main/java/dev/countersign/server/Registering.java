package dev.countersign.server;

import dev.countersign.protocol.jose.Jose;
import dev.countersign.server.client.KeysOfClients;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.DynamicRegistration;
import dev.countersign.server.register.ClientConfigurationEndpoint;
import dev.countersign.server.register.ClientMetadata;
import dev.countersign.server.register.DynamicClients;
import dev.countersign.server.register.RegistrationEndpoint;
import dev.countersign.server.register.RegistrationSweep;
import dev.countersign.server.register.SoftwareStatements;
import dev.countersign.store.Registrations;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Optional;

/** The part of {@link Wiring} for clients that register themselves, where they may. */
final class Registering {
  private final DynamicRegistration rules;
  private final ClientMetadata metadata;
  private final DynamicClients clients;
  private final Registrations registrations;
  private final URI endpoint;
  private final SecureRandom random;

  private Registering(
      DynamicRegistration rules,
      ClientMetadata metadata,
      Registrations registrations,
      URI endpoint,
      SecureRandom random) {
    this.rules = rules;
    this.metadata = metadata;
    this.clients = new DynamicClients(registrations, metadata);
    this.registrations = registrations;
    this.endpoint = endpoint;
    this.random = random;
  }

  /**
   * Empty if clients cannot register themselves.
   *
   * @param issuers the keys of those whose software statements are trusted; theirs alone
   */
  static Optional<Registering> of(
      Config config,
      Jose jose,
      KeysOfClients issuers,
      Registrations registrations,
      URI endpoint,
      SecureRandom random) {
    return config
        .registration()
        .dynamic()
        .map(
            rules ->
                new Registering(
                    rules,
                    new ClientMetadata(
                        rules,
                        config.signingAlgorithm(),
                        new SoftwareStatements(jose, config.issuer(), rules.statements(), issuers)),
                    registrations,
                    endpoint,
                    random));
  }

  /** The clients that registered themselves. */
  DynamicClients clients() {
    return clients;
  }

  /** What ends registrations that nobody uses. */
  RegistrationSweep sweep(KeysOfClients keys) {
    return new RegistrationSweep(registrations, clients, keys, rules.unusedFor());
  }

  Routes.Registration endpoints(KeysOfClients keys) {
    return new Routes.Registration(
        new RegistrationEndpoint(rules, metadata, registrations, endpoint, random),
        new ClientConfigurationEndpoint(metadata, clients, keys, registrations, endpoint));
  }
}
