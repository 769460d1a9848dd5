package dev.countersign.demo.tour;

import dev.countersign.client.BrowserSession;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.RefreshRequest;
import dev.countersign.client.ResourceRequest;
import dev.countersign.client.Tokens;
import dev.countersign.client.UserStart;
import dev.countersign.demo.scene.Cast;
import dev.countersign.demo.scene.Person;
import dev.countersign.demo.scene.Purchase;
import dev.countersign.demo.scene.Scene;
import dev.countersign.demo.story.MessageKind;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The journey of a client that does everything right. */
final class Journey {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Scene scene;
  private final FapiClient client;
  private final ByHand byHand;
  private final Narrator narrator;

  Journey(Scene scene, FapiClient client, ByHand byHand, Narrator narrator) {
    this.scene = scene;
    this.client = client;
    this.byHand = byHand;
    this.narrator = narrator;
  }

  /** From the first message to tokens that were refreshed. */
  Tokens run() throws TourFailure, ClientException, IOException, InterruptedException {
    BrowserSession session = BrowserSession.random(scene.stage().random());
    // The person pressed the button on a page of the client; the field came with the form.
    UserStart start = session.confirmStart(session.startToken());
    URI url = push(start);
    URI back = decide(url);
    Tokens tokens = redeem(session, back);
    callTheBank(tokens);
    return refresh(tokens);
  }

  private URI push(UserStart start) throws TourFailure, ClientException {
    narrator.chapter("The client finds the server and pushes its request");
    narrator.note(
        "It asks for two things: scope, to read the accounts for a while, and authorization"
            + " details, to make one payment of 12.50 euros to the Corner Bookshop, once.");
    signed(
        "All of that is in one JWT, the request object, signed by the client. What stands beside it"
            + " counts for nothing, and the client can never deny that it asked for this.");
    FlowRequest wanted =
        FlowRequest.of(Cast.ASKED.toString())
            .withAuthorizationDetails(
                AuthorizationDetails.of(Purchase.asked(scene.addresses().bank(), "12.50")))
            .withGrantManagement(GrantManagement.create());
    URI url = client.begin(start, wanted).value();
    narrator.hear(MessageKind.METADATA, MessageKind.PUSH_CHALLENGED, MessageKind.PUSH);
    narrator.note(
        "The server checks everything before it uses anything up, so the refused request cost the"
            + " client nothing. To show it, the refused request goes out once more, with the very"
            + " same client assertion and a proof that now holds the nonce:");
    byHand.repeatPush(narrator.newest(MessageKind.PUSH_CHALLENGED));
    narrator.hear(MessageKind.PUSH_REPEATED);
    return url;
  }

  private URI decide(URI url) throws TourFailure, IOException, InterruptedException {
    narrator.chapter("The person logs in and decides, in her browser");
    Person anna = scene.people().getFirst();
    try (Browser browser = new Browser(scene.stage().trust(), TIMEOUT)) {
      Browser.Place.Shown login = page(browser.open(url));
      narrator.hear(MessageKind.AUTHORIZE, MessageKind.LOGIN_PAGE);
      Map<String, String> typed = Map.of("username", anna.username(), "password", anna.password());
      Browser.Place.Shown consent = page(browser.submit(login, typed, "login"));
      narrator.hear(MessageKind.LOGIN, MessageKind.CONSENT_PAGE);
      Browser.Place end = browser.submit(consent, Map.of(), "allow");
      signed(
          "The code goes back in a JWT that the server signed for this client: nobody in the"
              + " browser can change it, or bring the code of another server.");
      narrator.hear(MessageKind.CONSENT);
      return switch (end) {
        case Browser.Place.Left(URI to) -> to;
        case Browser.Place.Shown shown ->
            throw new TourFailure("the browser is still at \"" + shown.heading() + "\"");
      };
    }
  }

  private Tokens redeem(BrowserSession session, URI back) throws TourFailure, ClientException {
    narrator.chapter("The client redeems the code");
    Tokens tokens = client.callback(session, back.getRawQuery());
    hearTheTokens();
    narrator.chapter("The client asks who the person is");
    client.userinfo(tokens, new EndUserPresent(true));
    narrator.hear(MessageKind.USERINFO_CHALLENGED, MessageKind.USERINFO);
    return tokens;
  }

  private void callTheBank(Tokens tokens) throws TourFailure, ClientException {
    narrator.chapter("The client reads the accounts, and pays what was allowed");
    signed(
        "It signs each request to the bank as a whole: method, URL, token, proof and the digest of"
            + " the content. The bank signs its answer together with the request that it is to, and"
            + " the client believes no other. So each can show later what the other one said.");
    signed(
        "Before the bank serves anybody it asks the server whether the token still stands. The"
            + " answer is a JWT that the server signed for this bank, and no token itself.");
    client.call(tokens, ResourceRequest.get(bank("/accounts")).withEndUserPresent());
    hearTheAccounts();
    client.call(tokens, ResourceRequest.get(bank("/accounts/current/transactions")));
    narrator.hear(MessageKind.TRANSACTIONS);
    client.call(
        tokens,
        ResourceRequest.of("POST", bank("/payments"))
            .withBody("application/json", Purchase.order(tokens).toBytes())
            .withEndUserPresent());
    narrator.hear(MessageKind.PAYMENT);
  }

  /** A signed response is verified before the code in it is used. */
  private void hearTheTokens() throws TourFailure {
    if (scene.signing().isOfMessages()) {
      narrator.hear(MessageKind.KEYS, MessageKind.TOKEN);
    } else {
      narrator.hear(MessageKind.TOKEN, MessageKind.KEYS);
    }
  }

  private void hearTheAccounts() throws TourFailure {
    List<MessageKind> script = new ArrayList<>();
    if (scene.signing().isOfMessages()) {
      script.add(MessageKind.BANK_METADATA);
      script.add(MessageKind.BANK_KEYS);
    }
    script.add(MessageKind.METADATA);
    script.add(MessageKind.KEYS);
    script.add(MessageKind.BANK_CHALLENGED);
    script.add(MessageKind.ACCOUNTS);
    narrator.hear(script.toArray(MessageKind[]::new));
  }

  private Tokens refresh(Tokens tokens) throws TourFailure, ClientException {
    narrator.chapter("Later, without the person: a refresh, and what the grant allows");
    Tokens fresh = client.refresh(tokens, RefreshRequest.same());
    narrator.hear(MessageKind.REFRESH);
    GrantId grant =
        tokens.grantId().orElseThrow(() -> new TourFailure("the tokens came without a grant_id"));
    client.queryGrant(grant);
    narrator.hear(MessageKind.CLIENT_CREDENTIALS, MessageKind.GRANT);
    return fresh;
  }

  /** A sentence for a journey of which every message is signed. */
  private void signed(String text) {
    if (scene.signing().isOfMessages()) {
      narrator.note(text);
    }
  }

  private URI bank(String path) {
    return scene.addresses().bank().resolve(path);
  }

  private static Browser.Place.Shown page(Browser.Place place) throws TourFailure {
    return switch (place) {
      case Browser.Place.Shown shown -> shown;
      case Browser.Place.Left(URI to) ->
          throw new TourFailure("the browser was sent away to " + to.getHost() + " too early");
    };
  }
}
