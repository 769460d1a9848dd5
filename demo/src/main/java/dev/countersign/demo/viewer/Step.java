package dev.countersign.demo.viewer;

import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.story.MessageKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What a request is for, told to somebody who sees it for the first time. */
enum Step {
  METADATA(
      "Reads the server's metadata",
      "Whoever talks to the server is told one address, the issuer, and reads everything else here"
          + " over TLS. So nobody can slip in a false endpoint.",
      MessageKind.METADATA),
  KEYS(
      "Fetches the server's public keys",
      "With these keys anybody can check that a token was signed by the server. They are fetched"
          + " from the address in the metadata, never from one that a token names.",
      MessageKind.KEYS),
  PUSH(
      "Pushes its request (PAR)",
      "The app tells the server directly what it wants, and proves who it is. The browser will"
          + " carry a reference only, so nobody there can read the request or change it.",
      MessageKind.PUSH_CHALLENGED,
      MessageKind.PUSH,
      MessageKind.PUSH_REPEATED,
      MessageKind.OBJECT_CHANGED),
  AUTHORIZE(
      "Opens the pushed request",
      "The browser brings who asks and which pushed request, nothing else. Whoever changes this"
          + " address changes nothing in the request.",
      MessageKind.AUTHORIZE),
  LOGIN_PAGE(
      "Is asked who is there",
      "The person gives the password to the server alone, never to the app. The page works without"
          + " script, cannot be framed by another page, and belongs to this browser.",
      MessageKind.LOGIN_PAGE),
  LOGIN(
      "Logs in",
      "The form holds a token that only this browser's page can hold, so no other site can send it."
          + " The answer is a 303, which makes the browser forget the password it sent.",
      MessageKind.LOGIN),
  LOGIN_AGAIN(
      "Fails to log in",
      "Name or password were wrong. The answer is the same, and takes as long, whether the name is"
          + " known or not, so that nobody learns who has an account.",
      MessageKind.LOGIN_FAILED),
  CONSENT_PAGE(
      "Is asked for consent",
      "The person sees who asks and for what, before anything is given away: what may be read, or"
          + " which payment shall be made. Which account pays is chosen here, at the bank.",
      MessageKind.CONSENT_PAGE),
  CONSENT(
      "Agrees, and returns with a code",
      "The code is worth nothing by itself: it is good once, for a minute, for this app with its"
          + " key and its secret verifier. The answer says who sent it (iss), so that an app with"
          + " several banks cannot mix them up.",
      MessageKind.CONSENT),
  CONSENT_REMEMBERED(
      "Returns with a code, without being asked again",
      "The person agreed to all of this before and is still logged in here. Whatever is new would"
          + " be asked for.",
      MessageKind.CONSENT_REMEMBERED),
  CANCEL(
      "Returns without a code",
      "The person may say no at any time. The app learns that there is no access, and nothing"
          + " else.",
      MessageKind.DENIED),
  CALLBACK(
      "Brings the code to the app",
      "The app takes a code only in the browser that began, and only from the server it asked. So"
          + " nobody can slip somebody else's account in.",
      MessageKind.APP_CALLBACK),
  TOKEN(
      "Redeems the code for tokens",
      "Three things must come together: the app's signature, the verifier whose hash was pushed,"
          + " and a proof of the key that pushed it. A stolen code alone buys nothing, and a code"
          + " that is used twice ends everything it gave.",
      MessageKind.TOKEN_CHALLENGED,
      MessageKind.TOKEN,
      MessageKind.REPLAYED_CODE),
  REFRESH(
      "Refreshes its access token",
      "Access tokens live for minutes, so that a leaked one is soon worthless. A new one is given"
          + " to whoever signs as the app: a stolen refresh token alone buys nothing.",
      MessageKind.REFRESH,
      MessageKind.REFRESH_REVOKED),
  CLIENT_CREDENTIALS(
      "Gets a token of its own",
      "A token for the app itself, for nobody's account. There is no person, so there is no ID"
          + " token and no refresh token.",
      MessageKind.CLIENT_CREDENTIALS),
  GRANT(
      "Asks what it may do",
      "A grant is what one person allowed one app. The app sees only its own, by a token of its own"
          + " and the name that came with the tokens, so it can tell the person what still holds.",
      MessageKind.GRANT_CHALLENGED,
      MessageKind.GRANT),
  REVOKE(
      "Gives its tokens back",
      "The person disconnects. The app ends its grant at the server, so that nothing it still holds"
          + " can be used.",
      MessageKind.REVOCATION),
  USERINFO(
      "Asks who the person is",
      "What the app may know of the person comes from the server, for this token and this key.",
      MessageKind.USERINFO_CHALLENGED,
      MessageKind.USERINFO,
      MessageKind.USERINFO_REVOKED),
  BANK_METADATA(
      "Reads the bank's metadata",
      "The bank says who it is, whose tokens it takes, and where the keys are by which it signs its"
          + " answers, if it does.",
      MessageKind.BANK_METADATA),
  BANK_KEYS(
      "Fetches the bank's public keys",
      "With these keys the app checks that an answer was signed by the bank. They are fetched from"
          + " the address in the bank's metadata, never from one that an answer names.",
      MessageKind.BANK_KEYS),
  INTROSPECTION(
      "Asks whether the token still stands",
      "A signature does not tell that a token was given back or ended. The server knows, and says"
          + " it in a JWT that it signed for this bank: the bank can show later what it was told,"
          + " and the JWT is no token itself.",
      MessageKind.INTROSPECTION),
  ACCOUNTS(
      "Reads the accounts",
      "The bank checks the token's signature, lifetime and scope, and a fresh proof that the caller"
          + " holds the key the token is bound to. A copied token is useless without that key, and"
          + " one that was given back is refused at once: the bank asks whether it still stands.",
      MessageKind.ACCOUNTS,
      MessageKind.BANK_REVOKED),
  TRANSACTIONS(
      "Reads the bookings of an account",
      "Every request needs a proof of its own, made for this method, this address and this token.",
      MessageKind.TRANSACTIONS),
  PAYMENT(
      "Makes a payment",
      "The token allows this payment and no other: the bank holds amount, payee and account against"
          + " the details in it, pays once, and remembers that. The proof is good for one request,"
          + " so that nobody who copied it can send it again.",
      MessageKind.PAYMENT,
      MessageKind.PAYMENT_CHANGED),
  PAYMENT_DECLINED(
      "Asks for a payment that is declined",
      "The bank let the request in: token and proof were right. Then it looked at the account,"
          + " which does not hold that much. That is the bank's business, and no rule of FAPI 2.0.",
      MessageKind.PAYMENT_DECLINED),
  PAYMENT_REFUSED(
      "Asks for a payment that is not allowed",
      "Token and proof were right. But the token names the payment that the person allowed, with"
          + " amount, payee and account, and it may be made once: anything else, and the same a"
          + " second time, is refused.",
      MessageKind.PAYMENT_REFUSED),
  APP_START(
      "Starts to ask for access",
      "The button on the app's page carries a token of this browser's session, so that no other"
          + " site can start anything in the person's name. The answer sends the browser to the"
          + " server.",
      MessageKind.APP_START),
  APP_PAGE(
      "Opens a page of the app",
      "The person uses the app in the browser. None of the bank's secrets come here.",
      MessageKind.APP_PAGE),
  APP_FORM(
      "Presses a button in the app",
      "The person wants something of the app. The app asks the bank by itself: no token is ever in"
          + " the browser.",
      MessageKind.APP_FORM),
  RESOURCE(
      "Calls the bank",
      "A call of the bank's API.",
      MessageKind.BANK_CHALLENGED,
      MessageKind.STOLEN_TOKEN,
      MessageKind.REPLAYED_PROOF),
  OTHER(
      "Sends a request",
      "A request that is no step of the journey.",
      MessageKind.OTHER,
      MessageKind.STYLE,
      MessageKind.REFUSED);

  private final String title;
  private final String why;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable set
  private final Set<MessageKind> kinds;

  Step(String title, String why, MessageKind... kinds) {
    this.title = title;
    this.why = why;
    this.kinds = Set.of(kinds);
  }

  /** The step that a kind of message belongs to; every kind has one. */
  static Step of(MessageKind kind) {
    return Arrays.stream(values())
        .filter(step -> step.kinds.contains(kind))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no step for " + kind));
  }

  /** The name in JSON, for example {@code login_page}. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kinds of messages that belong to it. */
  Set<MessageKind> kinds() {
    return kinds;
  }

  /** What its sender does; follows the sender's name. */
  String title() {
    return title;
  }

  /** Why there is such a message: what it protects against, and what is signed of it. */
  String why(Signing signing) {
    return signing.isOfMessages() ? why + signed() : why;
  }

  /** What is signed of it where every message is; begins with a space. */
  private String signed() {
    return switch (this) {
      case PUSH ->
          " All that it wants is in one JWT that it signed, the request object: what stands beside"
              + " that counts for nothing, and the app can never deny that it asked for this.";
      case CONSENT, CONSENT_REMEMBERED, CANCEL ->
          " All of the answer is in one JWT that the server signed for this app, so that nobody in"
              + " the browser can change it.";
      case CALLBACK ->
          " The answer is signed: the app verifies that before it looks at the code or at anything"
              + " else in it.";
      case ACCOUNTS, TRANSACTIONS, PAYMENT, PAYMENT_DECLINED, PAYMENT_REFUSED ->
          " The app signed the request as a whole, and the bank its answer together with the"
              + " request that it is to: each can show later what the other one said.";
      default -> "";
    };
  }

  /** Whether it is one thin line until somebody unfolds it. */
  boolean isQuiet() {
    return switch (this) {
      case METADATA, KEYS, BANK_METADATA, BANK_KEYS, APP_PAGE -> true;
      default -> false;
    };
  }
}
