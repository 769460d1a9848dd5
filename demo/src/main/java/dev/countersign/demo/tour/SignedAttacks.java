package dev.countersign.demo.tour;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.ProtocolViolation;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.Tokens;
import dev.countersign.demo.scene.Purchase;
import dev.countersign.demo.scene.Scene;
import dev.countersign.demo.story.Evidence;
import dev.countersign.demo.story.MessageKind;
import dev.countersign.demo.story.Refused;
import dev.countersign.demo.story.SeenJwt;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.RequirementId;
import java.net.URI;
import java.util.Base64;
import java.util.List;

/** Three more attacks, which only signed messages withstand. Nothing where they are not signed. */
final class SignedAttacks {
  private final Scene scene;
  private final FapiClient client;
  private final ByHand byHand;
  private final Narrator narrator;
  private final Relay relay;

  SignedAttacks(Scene scene, FapiClient client, ByHand byHand, Narrator narrator, Relay relay) {
    this.scene = scene;
    this.client = client;
    this.byHand = byHand;
    this.narrator = narrator;
    this.relay = relay;
  }

  void run(Tokens tokens, URI bank) throws TourFailure, ClientException {
    if (scene.signing().isOfMessages()) {
      changedAmount(tokens, bank);
      otherAnswer(tokens, bank);
      changedObject();
    }
  }

  /** Where messages are signed the thief lacks that key, too, and it is looked for first. */
  void stolenTokenRefused(String attack) throws TourFailure {
    if (scene.signing().isOfMessages()) {
      narrator.attackRefused(attack, MessageKind.STOLEN_TOKEN, "HS-5.3.1.2-1");
    } else {
      narrator.attackRefused(attack, MessageKind.STOLEN_TOKEN);
    }
  }

  private void changedAmount(Tokens tokens, URI bank) throws TourFailure, ClientException {
    narrator.chapter("Attack: a payment whose amount is changed on the way");
    narrator.note(
        "TLS ends at a proxy in front of the bank, and somebody has taken it over. The client"
            + " orders 12.50 euros; the proxy makes 92.50 of it and leaves all else as it is. Token"
            + " and proof say nothing of the content. The signature does: it covers a digest of"
            + " it.");
    relay.change("12.50", "92.50");
    client.call(
        tokens,
        ResourceRequest.of("POST", bank.resolve("/payments"))
            .withBody("application/json", Purchase.order(tokens).toBytes())
            .withEndUserPresent());
    narrator.hear(MessageKind.PAYMENT_CHANGED);
    narrator.attackRefused(
        "an amount changed on the way", MessageKind.PAYMENT_CHANGED, "HS-5.3.1.2-8");
  }

  private void otherAnswer(Tokens tokens, URI bank) throws TourFailure, ClientException {
    narrator.chapter("Attack: the bank's answer to another request");
    narrator.note(
        "The client asks for the accounts again. The bank answers, but the proxy hands the client"
            + " what the bank answered the first time, before the payment: same URL, signed by the"
            + " bank, not a byte of it changed. The client must not take it for the balance now.");
    relay.swap();
    try {
      client.call(tokens, ResourceRequest.get(bank.resolve("/accounts")));
    } catch (ProtocolViolation refused) {
      narrator.hear(MessageKind.ACCOUNTS);
      narrator.note(
          "The old answer covers the signature of the old request, which the client did not send"
              + " this time. The client refuses it, by its own check, and no server hears of it.");
      narrator.attackRefused(
          "the answer to another request",
          new Refused(RequirementId.of("ATT-64"), String.valueOf(refused.getMessage())));
      return;
    }
    throw new TourFailure("the client took the answer to another request");
  }

  private void changedObject() throws TourFailure {
    narrator.chapter("Attack: a request object that is changed before it is pushed");
    narrator.note(
        "The client signs in one place and pushes from another, and between the two somebody makes"
            + " 1250.00 euros of 12.50. What authenticates the client is new and good.");
    Evidence pushed = narrator.newest(MessageKind.PUSH);
    SeenJwt object = pushed.requestObject().orElseThrow();
    byHand.pushAnother(
        pushed, over(object, "1250.00"), narrator.newest(MessageKind.CLIENT_CREDENTIALS));
    narrator.hear(MessageKind.OBJECT_CHANGED);
    narrator.attackRefused("a changed request object", MessageKind.OBJECT_CHANGED, "MS-5.3.1-1");
  }

  /** The object over another amount, with the signature that it had. */
  private static String over(SeenJwt object, String amount) {
    String[] parts = object.compact().split("\\.", -1);
    JsonObject claims =
        object.claims().without(AuthorizationDetails.NAME).toBuilder()
            .put(AuthorizationDetails.NAME, details(object, amount))
            .build();
    String changed =
        Base64.getUrlEncoder().withoutPadding().encodeToString(claims.toJson().getBytes(UTF_8));
    return parts[0] + "." + changed + "." + parts[2];
  }

  private static List<JsonObject> details(SeenJwt object, String amount) {
    try {
      return object.claims().objects(AuthorizationDetails.NAME).orElseThrow().stream()
          .map(detail -> Purchase.over(detail, amount))
          .toList();
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("the client asked for a payment", e);
    }
  }
}
