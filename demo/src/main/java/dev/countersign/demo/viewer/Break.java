package dev.countersign.demo.viewer;

import dev.countersign.demo.scene.Signing;
import dev.countersign.protocol.json.JsonObject;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A way to break a message, the story of it, and the rule that must refuse it at each step. */
enum Break {
  LEAVE_OUT_ASSERTION(
      "Leave out the client assertion",
      "Somebody pushes a request in the app's name, without the app's signature.",
      "Only who holds the app's private key can ask in its name. There is no password of the app"
          + " that could leak.",
      at("SP-5.3.2.2-4", Step.PUSH)),
  FOREIGN_ASSERTION(
      "Sign the client assertion with another key",
      "A thief has all the rest, and signs as the app with a key of his own.",
      "The server knows the app's public keys and takes no signature of another one. That is why a"
          + " stolen code or refresh token alone buys nothing.",
      at(Set.of("SP-5.4.3-1", "SP-5.4.1-1.1"), Step.PUSH, Step.TOKEN, Step.REFRESH)),
  ASSERTION_FOR_ANOTHER(
      "Use an assertion made for another server",
      "A malicious server that the app also talks to sends the app's genuine signature on to this"
          + " one.",
      "The signature names the one server it is meant for, so what one server gets it cannot use at"
          + " another.",
      at("SP-5.3.2.1-8", Step.PUSH, Step.REFRESH)),
  FOREIGN_REDIRECT(
      "Ask for an unregistered redirect URI",
      "Even signed with the app's own key: the code shall go to https://thief.example.",
      "Codes go to addresses that were registered beforehand, compared character by character.",
      at("PAR-9", Step.PUSH)),
  WITHOUT_CHALLENGE(
      "Leave out the PKCE challenge",
      "The request comes without the hash of a secret verifier.",
      "Without it a stolen code could be redeemed by whoever injects it into the app.",
      at("PKCE-3", Step.PUSH)),
  NOT_PUSHED(
      "Ask through the browser instead",
      "The request is not pushed: its parameters stand in the address, as in plain OAuth.",
      "What travels through the browser can be read and changed there. The server shows an error"
          + " page and sends nobody anywhere.",
      at("SP-5.3.2.2-3", Step.AUTHORIZE)),
  OTHER_CLIENT(
      "Open it in another app's name",
      "The address is changed to name another app than the one that pushed the request.",
      "A pushed request belongs to the app that pushed it, and is over once it was answered.",
      at(Set.of("PAR-6", "PAR-8"), Step.AUTHORIZE)),
  OTHER_BROWSER(
      "Open this page in another browser",
      "Somebody who saw the address opens the page in a browser of his own.",
      "The page lives in the browser in which it began. A link to it is worth nothing elsewhere. A"
          + " page that was answered is over even there.",
      at(Set.of("SP-5.3.2.2-N3", "PAR-8"), Step.LOGIN_PAGE, Step.CONSENT_PAGE)),
  DROP_PROOF(
      "Drop the proof",
      "The same request without its DPoP proof: somebody who got at the secrets, but not at the"
          + " key.",
      "A code or token is bound to a key. Without a proof of that key nobody is served.",
      at(
          "DP-4",
          Step.TOKEN,
          Step.REFRESH,
          Step.USERINFO,
          Step.ACCOUNTS,
          Step.TRANSACTIONS,
          Step.PAYMENT)),
  OTHER_KEY(
      "Prove another key",
      "A thief presents what he stole with a perfect, fresh proof of his own key.",
      "Only the key that the code or token was bound to opens it. Stealing the token is not enough:"
          + " the thief would need the private key, which never leaves the app.",
      both(
          at("DP-16", Step.TOKEN),
          at("SP-5.3.4-5", Step.USERINFO, Step.ACCOUNTS, Step.TRANSACTIONS, Step.PAYMENT))),
  WRONG_VERIFIER(
      "Send another verifier",
      "A stolen code is injected into the app's own flow: signature and proof are right, the"
          + " verifier is that of another flow.",
      "The verifier never left the app, only its hash did. So the code fits the one flow that began"
          + " it. The code itself is left as it is.",
      at("PKCE-3", Step.TOKEN)),
  REPLAY_CODE(
      "Redeem the code once more",
      "A leaked code comes a second time, with everything else fresh and right.",
      "A code is good once. Nobody can tell which of the two redemptions was the honest one, so all"
          + " tokens of this grant are dead now, and the app has to ask the person again. The bank"
          + " asks the server whether a token still stands, so it refuses them from now on, too.",
      at("SP-5.3.2.2-9", Step.TOKEN)),
  COPY(
      "Replay it exactly",
      "An exact copy of the request, with its genuine signatures, sent once more.",
      "Signatures are good once: the number of each one (jti) is remembered for as long as it could"
          + " be used again. After that it is too old.",
      both(
          both(
              at(Set.of("CA-3", "DP-15", "JAR-11"), Step.PUSH),
              at(Set.of("CA-3", "DP-15"), Step.REFRESH)),
          both(
              at("DP-15", Step.USERINFO),
              // The signature of the request itself, where it has one, gets old before the proof.
              at(
                  Set.of("DP-15", "HS-5.3.1.2-6"),
                  Step.ACCOUNTS,
                  Step.TRANSACTIONS,
                  Step.PAYMENT)))),
  NO_NONCE(
      "Make the proof in advance",
      "Somebody was at the app's key for a moment and made proofs for later: right in every way,"
          + " but without the server's nonce.",
      "A proof must hold a nonce that the server gave out a moment ago, so none can be made in"
          + " advance.",
      at("DP-14", Step.TOKEN, Step.ACCOUNTS, Step.PAYMENT)),
  AS_BEARER(
      "Send the token as a bearer token",
      "The stolen token is sent the old way: whoever bears it is let in.",
      "A token that is bound to a key is never taken without a proof of the key.",
      at("DP-12", Step.ACCOUNTS)),
  FORGED_TOKEN(
      "Rewrite the token",
      "The thief writes his own key into the stolen token and proves that key.",
      "The server's signature covers every character of the token. The bank checks it with the"
          + " server's public key.",
      at("SP-5.4.1-1.1", Step.ACCOUNTS)),
  OTHER_REQUEST(
      "Use its proof for a payment",
      "Token and proof of this reading are attached to a payment to the thief.",
      "A proof names the method and address it was made for.",
      at("DP-4", Step.ACCOUNTS)),
  CHANGE_AMOUNT(
      "Change the amount",
      "A thief copies the payment with its token and proof, and writes another amount into it.",
      "It was refused because its proof was used before. DPoP does not sign the body: somebody"
          + " inside the app could make a fresh proof. Charge more, and see why that does not help"
          + " either.",
      at("DP-15", Step.PAYMENT)),
  OVERCHARGE(
      "Charge more, with a proof of the app's own",
      "Somebody inside the app asks for 1,499 euros. The token is good, and the proof is fresh and"
          + " by the right key.",
      "The person agreed to one payment, and the token says which: the bank holds the order against"
          + " the authorization details in it. Not even the app can pay anything else.",
      at("RAR-9-1", Step.PAYMENT)),
  UNKNOWN_DETAIL(
      "Ask for something that nobody knows",
      "The app asks for authorization details of the type all_of_your_money.",
      "What can be asked for is a list of types, each with a schema. An unknown type, or one member"
          + " too many, is refused before a person sees it: nobody shall agree to what the bank"
          + " does not understand.",
      at("RAR-5-1", Step.PUSH)),
  MORE_DETAIL(
      "Ask for a payment at the refresh",
      "The app has a refresh token and asks for an access token with a payment that nobody"
          + " allowed.",
      "A refresh gives what the person allowed, or less. More needs the person.",
      at("RAR-6-2", Step.REFRESH)),
  UNSIGNED_REQUEST(
      "Push it unsigned",
      "Somebody inside the app pushes the same request as plain parameters, so that nobody can be"
          + " held to it later.",
      "Of an app that signs its requests the server takes no others. A request that nobody signed"
          + " proves nothing.",
      at("MS-5.3.1-1", Step.PUSH)),
  CHANGED_OBJECT(
      "Change the signed request",
      "Between where the app signs and where it pushes, somebody writes another redirect URI into"
          + " the request object.",
      "The signature covers every character of the object, and nothing beside it counts.",
      at("SP-5.4.1-1.1", Step.PUSH)),
  ALTERED_RESPONSE(
      "Change the signed response",
      "Somebody in the browser puts a code of his own into the response before the app gets it.",
      "The server signed the response for this app. The app checks that before it looks at the code"
          + " or at anything else in it.",
      at(Set.of("JARM-6", "SP-5.4.1-1.1"), Step.CALLBACK)),
  CHANGED_CONTENT(
      "Change the amount on the way",
      "A proxy in front of the bank was taken over. The app orders the payment once more, and the"
          + " proxy writes another amount into it, and leaves token, proof and signature as they"
          + " are.",
      "Token and proof say nothing of the content. The signature covers a digest of it, and the"
          + " bank reads nothing whose digest is another.",
      at("SIG-10", Step.PAYMENT)),
  UNSIGNED(
      "Leave out the signature",
      "Token and proof are good and fresh, but nobody signed the request.",
      "The bank takes signed requests only, so that it can show later what it was asked.",
      at("HS-5.3.1.2-3", Step.ACCOUNTS, Step.TRANSACTIONS, Step.PAYMENT)),
  FOREIGN_SIGNATURE(
      "Sign it with another key",
      "A thief has a good token and a good proof, and signs with a key of his own.",
      "The token says whose it is, and the bank looks for the key among those of that app alone.",
      at("SIG-8", Step.ACCOUNTS, Step.TRANSACTIONS, Step.PAYMENT)),
  OTHER_TAG(
      "Use a signature made for something else",
      "The app's own key signed all of this, but for another purpose: the tag is another one.",
      "A signature says what it is for. One that was got out of the app for something harmless is"
          + " no order to the bank.",
      at("HS-5.3.1.2-4", Step.ACCOUNTS, Step.PAYMENT)),
  OLD_SIGNATURE(
      "Sign it two minutes ago",
      "Somebody was at the app's key for a moment, and signed requests for later.",
      "A signature says when it was made and is good for one minute.",
      at("HS-5.3.1.2-6", Step.ACCOUNTS, Step.PAYMENT));

  /** What breaks a signature that is there only where every message is signed. */
  private static final Set<Break> OF_SIGNED_MESSAGES =
      Collections.unmodifiableSet(EnumSet.range(UNSIGNED_REQUEST, OLD_SIGNATURE));

  /** Where the request itself is signed. */
  private static final Set<Step> CALLS =
      Collections.unmodifiableSet(EnumSet.of(Step.ACCOUNTS, Step.TRANSACTIONS, Step.PAYMENT));

  private static final String SIGNED_ALL_THE_SAME =
      " The app's key for messages signs that, so that nothing else is wrong with it.";

  private final String label;
  private final String tells;
  private final String lesson;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable map of such sets
  private final Map<Step, Set<String>> rules;

  Break(String label, String tells, String lesson, Map<Step, Set<String>> rules) {
    this.label = label;
    this.tells = tells;
    this.lesson = lesson;
    this.rules = rules;
  }

  /** The name in JSON, for example {@code drop_proof}. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The break of that name. */
  static Optional<Break> of(String id) {
    return Arrays.stream(values()).filter(one -> one.id().equals(id)).findFirst();
  }

  /** What can be done to a message of this step. */
  static List<Break> of(Step step, Signing signing) {
    return Arrays.stream(values()).filter(one -> one.isOf(step, signing)).toList();
  }

  /** Whether it can be done to a message of this step. */
  boolean isOf(Step step, Signing signing) {
    // Where the content is signed, another amount is refused for that, not for the proof.
    boolean makesSense =
        signing.isOfMessages() ? this != CHANGE_AMOUNT : !OF_SIGNED_MESSAGES.contains(this);
    return makesSense && rules.containsKey(step);
  }

  /** What is done, as on a button. */
  String label() {
    return label;
  }

  /** Who does it and what he has in his hands. */
  String tells(Step step, Signing signing) {
    boolean signed =
        signing.isOfMessages() && CALLS.contains(step) && !OF_SIGNED_MESSAGES.contains(this);
    return signed && this != COPY ? tells + SIGNED_ALL_THE_SAME : tells;
  }

  /** What its refusal is good for. */
  String lesson() {
    return lesson;
  }

  /** The rules one of which must refuse it at this step; empty where it cannot be done. */
  Set<String> rules(Step step) {
    return rules.getOrDefault(step, Set.of());
  }

  /** What the reader must know before, if it has consequences. */
  Optional<String> warning() {
    return this == REPLAY_CODE
        ? Optional.of(
            "This ends what the code gave: the server revokes all its tokens, the bank refuses them"
                + " from then on, and the app has to ask the person again.")
        : Optional.empty();
  }

  /** Whether a server that asks for a fresh nonce is given one, as a thief would do. */
  boolean followsNonces() {
    return switch (this) {
      case NO_NONCE, COPY, CHANGE_AMOUNT, OTHER_REQUEST -> false;
      default -> true;
    };
  }

  JsonObject toJson(Step step, Signing signing) {
    return JsonObject.builder()
        .put("id", id())
        .put("label", label)
        .put("tells", tells(step, signing))
        .put("warning", warning())
        .build();
  }

  private static Map<Step, Set<String>> at(String rule, Step... steps) {
    return at(Set.of(rule), steps);
  }

  private static Map<Step, Set<String>> at(Set<String> rules, Step... steps) {
    return Arrays.stream(steps).collect(Collectors.toUnmodifiableMap(step -> step, _ -> rules));
  }

  private static Map<Step, Set<String>> both(
      Map<Step, Set<String>> one, Map<Step, Set<String>> other) {
    return Stream.of(one, other)
        .flatMap(map -> map.entrySet().stream())
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
