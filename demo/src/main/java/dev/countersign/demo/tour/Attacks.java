package dev.countersign.demo.tour;

import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.ServerRefused;
import dev.countersign.client.Tokens;
import dev.countersign.demo.scene.Purchase;
import dev.countersign.demo.story.MessageKind;
import dev.countersign.protocol.json.JsonObject;
import java.net.URI;

/**
 * Five attacks, each refused, and more where every message is signed. What is stolen was taken from
 * the journey's own messages.
 */
final class Attacks {
  private final FapiClient client;
  private final ByHand byHand;
  private final Narrator narrator;
  private final SignedAttacks signed;

  Attacks(FapiClient client, ByHand byHand, Narrator narrator, SignedAttacks signed) {
    this.client = client;
    this.byHand = byHand;
    this.narrator = narrator;
    this.signed = signed;
  }

  /** All of them; the last one ends the grant of {@code tokens}. */
  void run(Tokens tokens, URI bank) throws TourFailure, ClientException {
    stolenToken();
    replayedProof();
    signed.run(tokens, bank);
    paidTwice(tokens, bank);
    paidMore(tokens, bank);
    replayedCode();
    deadTokens(tokens, bank);
  }

  private void stolenToken() throws TourFailure {
    narrator.chapter("Attack: a stolen access token, with the thief's own key");
    byHand.stealToken(narrator.newest(MessageKind.ACCOUNTS));
    narrator.hear(MessageKind.STOLEN_TOKEN);
    signed.stolenTokenRefused("a stolen access token with another key");
  }

  private void replayedProof() throws TourFailure {
    narrator.chapter("Attack: an exact copy of a request, token and proof");
    byHand.replay(narrator.newest(MessageKind.ACCOUNTS));
    narrator.hear(MessageKind.REPLAYED_PROOF);
    narrator.attackRefused("a replayed DPoP proof", MessageKind.REPLAYED_PROOF);
  }

  private void paidTwice(Tokens tokens, URI bank) throws TourFailure, ClientException {
    narrator.chapter("Attack: the same payment once more, by the client itself");
    narrator.note(
        "Who got into the client has its keys: this token is good, and proof and order are new and"
            + " right. But the person allowed one payment, and the bank remembers that it was"
            + " made, whichever token of the grant comes.");
    pay(tokens, bank, Purchase.order(tokens));
    narrator.hear(MessageKind.PAYMENT_REFUSED);
    narrator.attackRefused("the same payment a second time", MessageKind.PAYMENT_REFUSED);
  }

  private void paidMore(Tokens tokens, URI bank) throws TourFailure, ClientException {
    narrator.chapter("Attack: another amount, by the client itself");
    pay(tokens, bank, Purchase.over(Purchase.order(tokens), "1499.00"));
    narrator.hear(MessageKind.PAYMENT_REFUSED);
    narrator.attackRefused("more money than the person allowed", MessageKind.PAYMENT_REFUSED);
  }

  private void pay(Tokens tokens, URI bank, JsonObject order) throws ClientException {
    client.call(
        tokens,
        ResourceRequest.of("POST", bank.resolve("/payments"))
            .withBody("application/json", order.toBytes())
            .withEndUserPresent());
  }

  private void replayedCode() throws TourFailure {
    narrator.chapter("Attack: the code once more, through its own client");
    narrator.note(
        "A code that leaked and was injected into its own client's flow comes with all that client"
            + " can add: a good assertion, verifier and proof. That it was redeemed before is what"
            + " remains to be seen.");
    byHand.redeemAgain(
        narrator.newest(MessageKind.TOKEN), narrator.newest(MessageKind.CLIENT_CREDENTIALS));
    narrator.hear(MessageKind.REPLAYED_CODE);
    narrator.attackRefused("a replayed authorization code", MessageKind.REPLAYED_CODE);
  }

  private void deadTokens(Tokens tokens, URI bank) throws TourFailure, ClientException {
    narrator.note(
        "Nobody can tell which of the two redemptions was the honest one, so all tokens of the"
            + " grant died with the second. The bank asks the server whether a token still stands,"
            + " so it refuses at once too, although the token's signature and lifetime are good:");
    mustBeRefused("userinfo", () -> client.userinfo(tokens));
    narrator.hear(MessageKind.USERINFO_REVOKED);
    mustBeRefused("the refresh", () -> client.refresh(tokens));
    narrator.hear(MessageKind.REFRESH_REVOKED);
    client.call(tokens, ResourceRequest.get(bank.resolve("/accounts")));
    narrator.hear(MessageKind.BANK_REVOKED);
  }

  @FunctionalInterface
  private interface Call {
    Object make() throws ClientException;
  }

  private static void mustBeRefused(String what, Call call) throws TourFailure, ClientException {
    try {
      call.make();
    } catch (ServerRefused expected) {
      return;
    }
    throw new TourFailure(what + " still worked after the code was replayed");
  }
}
