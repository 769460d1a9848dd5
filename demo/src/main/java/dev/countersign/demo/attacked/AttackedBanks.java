package dev.countersign.demo.attacked;

import dev.countersign.demo.bank.BankApi;
import dev.countersign.demo.scene.Cast;
import dev.countersign.demo.scene.InProcessStatus;
import dev.countersign.demo.scene.Party;
import dev.countersign.demo.scene.Stage;
import dev.countersign.edge.Handler;
import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.resource.ClientSigningKeys;
import dev.countersign.resource.InMemoryProofReplays;
import dev.countersign.resource.IssuerKeys;
import dev.countersign.resource.Nonces;
import dev.countersign.resource.PublicUrl;
import dev.countersign.resource.ResourceServer;
import dev.countersign.server.issue.TokenStanding;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Makes banks that take tokens of one server, bound either way, and ask it about each. Every bank
 * is a resource server of its own, with its own books.
 */
final class AttackedBanks {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_DOCUMENT = 256 * 1024;
  private static final int NONCE_KEY_BYTES = 32;

  private final Stage stage;
  private final Issuer issuer;
  private final TokenStanding standing;
  private final IssuerKeys keys;

  /** Banks of this server's tokens; its keys are fetched when the first token comes. */
  AttackedBanks(Stage stage, Issuer issuer, TokenStanding standing) {
    this.stage = stage;
    this.issuer = issuer;
    this.standing = standing;
    this.keys =
        IssuerKeys.of(
            new RemoteIssuer(
                new HttpsFetcher(stage.http(Party.BANK), TIMEOUT, MAX_DOCUMENT),
                issuer,
                stage.clock(),
                new Freshness(
                    Duration.ofMinutes(10), Duration.ofSeconds(10), Duration.ofHours(1))));
  }

  /** A bank at this address, which is what it is called in the {@code aud} of tokens, too. */
  Handler at(URI origin) {
    return bank(guard(origin));
  }

  /**
   * The same, taking signed requests alone and signing its answers.
   *
   * @param clients the keys of clients' signatures
   * @param answers the key of its own
   */
  Handler signedAt(URI origin, Map<ClientId, JwkSet> clients, SigningKey answers) {
    return bank(
        guard(origin).httpSignatures(ClientSigningKeys.fixed(clients)).signResponses(answers));
  }

  private Handler bank(ResourceServer guard) {
    return new BankApi(guard, Cast.ledger(stage.clock().instant()), stage.clock(), _ -> {});
  }

  private ResourceServer guard(URI origin) {
    ResourceIndicator self = new ResourceIndicator(origin.toString());
    InProcessStatus status = new InProcessStatus(standing, self);
    return ResourceServer.of(
            new ResourceServer.Settings(
                    issuer, self, new PublicUrl(origin), new Nonces.On(nonces()))
                .taking(SenderConstraint.DPOP, SenderConstraint.MTLS)
                .describedAs(BankApi.DESCRIPTION.named("Harbour Bank")),
            stage.jose(),
            keys,
            new InMemoryProofReplays(stage.clock().instant()),
            stage.clock())
        .asking(status)
        .takingOpaque(status);
  }

  private DpopNonces nonces() {
    byte[] key = new byte[NONCE_KEY_BYTES];
    stage.random().nextBytes(key);
    return new DpopNonces(stage.jose(), "rs", List.of(key), Duration.ofMinutes(5), stage.random());
  }
}
