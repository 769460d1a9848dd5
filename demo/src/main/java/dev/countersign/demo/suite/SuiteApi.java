package dev.countersign.demo.suite;

import dev.countersign.demo.scene.InProcessStatus;
import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.ClientCertificates;
import dev.countersign.edge.HttpsServer;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.resource.InMemoryProofReplays;
import dev.countersign.resource.Nonces;
import dev.countersign.resource.PublicUrl;
import dev.countersign.resource.ResourceServer;
import dev.countersign.server.config.Config;
import dev.countersign.server.issue.TokenStanding;
import dev.countersign.server.keys.SigningKeys;
import dev.countersign.store.Store;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** The API, running. */
public final class SuiteApi implements AutoCloseable {
  private static final Duration NONCE_LIFETIME = Duration.ofMinutes(5);
  private static final int NONCE_KEY_BYTES = 32;
  private static final int HTTPS_PORT = 443;

  private final HttpsServer https;
  private final URI resource;

  private SuiteApi(HttpsServer https, URI resource) {
    this.https = https;
    this.resource = resource;
  }

  /**
   * What the API shares with the authorization server of the same process.
   *
   * @param store where the keys of its tokens are
   * @param standing says whether its tokens still stand
   */
  public record Beside(Store store, TokenStanding standing) {}

  /**
   * Starts the API at the address of the first resource of the configuration, with the certificate
   * of the authorization server. It answers when this returns.
   *
   * @param config of the authorization server
   * @param beside what it shares with that server
   * @throws CannotListenException if the port is busy or the address is not ours
   * @throws InvalidTlsIdentityException if the certificate or its key cannot be used
   */
  public static SuiteApi start(
      Config config, Beside beside, Jose jose, InstantSource clock, SecureRandom random)
      throws CannotListenException, InvalidTlsIdentityException {
    ResourceIndicator audience = config.resources().getFirst().indicator();
    URI address = URI.create(audience.value());
    HttpsServer https =
        HttpsServer.builder()
            .bind(config.listen().host(), port(address))
            .tls(TlsIdentity.ofPem(config.tls().certificate(), config.tls().key()))
            .clientCertificates(ClientCertificates.WANTED)
            .handler(new AccountsApi(guard(config, audience, beside, jose, clock, random)))
            .start();
    return new SuiteApi(https, address.resolve(AccountsApi.PATH));
  }

  private static ResourceServer guard(
      Config config,
      ResourceIndicator audience,
      Beside beside,
      Jose jose,
      InstantSource clock,
      SecureRandom random) {
    byte[] key = new byte[NONCE_KEY_BYTES];
    random.nextBytes(key);
    DpopNonces nonces = new DpopNonces(jose, "rs", List.of(key), NONCE_LIFETIME, random);
    JwkSet keys =
        SigningKeys.load(
                beside.store(), jose, Set.of(config.signingAlgorithm()), random, clock.instant())
            .publicKeys();
    InProcessStatus status = new InProcessStatus(beside.standing(), audience);
    return ResourceServer.of(
            new ResourceServer.Settings(
                    config.issuer(),
                    audience,
                    new PublicUrl(URI.create(audience.value())),
                    new Nonces.On(nonces))
                .taking(SenderConstraint.DPOP, SenderConstraint.MTLS),
            jose,
            _ -> keys,
            new InMemoryProofReplays(clock.instant()),
            clock)
        .asking(status)
        .takingOpaque(status);
  }

  private static int port(URI address) {
    return address.getPort() < 0 ? HTTPS_PORT : address.getPort();
  }

  /** What to call with an access token. */
  public URI resource() {
    return resource;
  }

  @Override
  public void close() {
    https.close();
  }
}
