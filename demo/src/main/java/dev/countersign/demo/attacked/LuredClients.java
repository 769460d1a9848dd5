package dev.countersign.demo.attacked;

import dev.countersign.client.FapiClient;
import dev.countersign.client.FapiClientBuilder;
import dev.countersign.client.InMemoryTransactionStore;
import dev.countersign.client.TransactionStore;
import dev.countersign.demo.scene.Party;
import dev.countersign.demo.scene.Stage;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Makes the clients of the applications that can be lured. Those of one application authenticate to
 * both servers by the same key and the same name, as some applications do; tokens are bound to
 * another key for each.
 */
final class LuredClients {
  private static final int MOST_FLOWS = 1_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Stage stage;
  private final Places at;
  private final HttpClient http;

  LuredClients(Stage stage, Places at) {
    this.stage = stage;
    this.at = at;
    this.http = stage.http(Party.CLIENT);
  }

  /** Those of the application that takes plain answers. */
  LuredApp.Clients plain(SigningKey key) {
    return clients(new App(AttackedConfig.APP, at.app(), key), UnaryOperator.identity());
  }

  /**
   * Those of the application that signs all that it says, and takes signed answers alone.
   *
   * @param messages the key of what it asks of APIs
   */
  LuredApp.Clients signing(SigningKey key, SigningKey messages) {
    return clients(
        new App(AttackedConfig.SIGNING_APP, at.signingApp(), key),
        builder -> builder.messageSigning().httpSignatures(messages));
  }

  /**
   * An application.
   *
   * @param key of its assertions
   */
  private record App(ClientId id, URI at, SigningKey key) {}

  private LuredApp.Clients clients(App app, UnaryOperator<FapiClientBuilder> choices) {
    FapiClient honest =
        choices.apply(client(at.issuer(), LuredApp.Side.HONEST, app).dpopKey(newKey())).build();
    SigningKey hostileDpop = newKey();
    TransactionStore flows = new InMemoryTransactionStore(MOST_FLOWS);
    Issuer attacker = new Issuer(at.hostile().toString());
    return new LuredApp.Clients(
        honest,
        () ->
            choices
                .apply(
                    client(attacker, LuredApp.Side.HOSTILE, app)
                        .dpopKey(hostileDpop)
                        .transactions(flows))
                .build());
  }

  private FapiClientBuilder client(Issuer issuer, LuredApp.Side side, App app) {
    RedirectUri callback = new RedirectUri(side.callback(app.at()).toString());
    return FapiClient.builder(issuer, app.id(), app.key(), callback)
        .httpClient(http)
        .jose(stage.jose())
        .clock(stage.clock())
        .random(stage.random())
        .timeout(TIMEOUT);
  }

  private SigningKey newKey() {
    return stage.jose().generate(SignatureAlgorithm.ES256, stage.random());
  }
}
