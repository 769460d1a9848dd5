package dev.countersign.demo.story;

import java.util.Locale;

/**
 * What a message is: the script of a tour says it, {@link Recognition} tells it from the message
 * itself, and its observations hold it to that.
 */
public enum MessageKind {
  /** Somebody reads the server's metadata. */
  METADATA(200),
  /** Somebody reads the server's keys. */
  KEYS(200),
  /** A pushed request whose proof lacks a nonce that is good now. */
  PUSH_CHALLENGED(400),
  /** A pushed request that is taken. */
  PUSH(201),
  /** The challenged request once more, with the same client assertion. */
  PUSH_REPEATED(201),
  /** A pushed request that was changed after it was signed. */
  OBJECT_CHANGED(400),
  /** The browser opens the pushed request. */
  AUTHORIZE(303),
  /** The page that asks who it is. */
  LOGIN_PAGE(200),
  /** The person says so. */
  LOGIN(303),
  /** The person said so wrongly, and may try again. */
  LOGIN_FAILED(200),
  /** The page that asks for consent. */
  CONSENT_PAGE(200),
  /** The person gives it, and the browser goes back to the client with a code. */
  CONSENT(303),
  /** The browser goes back with a code without the person being asked again. */
  CONSENT_REMEMBERED(303),
  /** The browser goes back to the client with an error, such as the person's no. */
  DENIED(303),
  /** A token request whose proof lacks a nonce that is good now. */
  TOKEN_CHALLENGED(400),
  /** The code becomes tokens. */
  TOKEN(200),
  /** A userinfo request whose proof lacks a nonce that is good now. */
  USERINFO_CHALLENGED(401),
  /** Who the person is. */
  USERINFO(200),
  /** Somebody reads the bank's metadata. */
  BANK_METADATA(200),
  /** Somebody reads the keys by which the bank signs its answers. */
  BANK_KEYS(200),
  /** A request to the bank whose proof lacks a nonce that is good now. */
  BANK_CHALLENGED(401),
  /** The bank asks whether a token still stands, and is told so by a signed answer. */
  INTROSPECTION(200),
  /** The person's accounts. */
  ACCOUNTS(200),
  /** The bookings of one account. */
  TRANSACTIONS(200),
  /** A payment. */
  PAYMENT(201),
  /** A payment that the account does not hold enough for. */
  PAYMENT_DECLINED(409),
  /** A payment that was not allowed, or was made before. */
  PAYMENT_REFUSED(403),
  /** A payment that was changed after it was signed. */
  PAYMENT_CHANGED(401),
  /** A new access token by the refresh token. */
  REFRESH(200),
  /** A token of the client's own. */
  CLIENT_CREDENTIALS(200),
  /** A question for a grant whose proof lacks a nonce that is good now. */
  GRANT_CHALLENGED(401),
  /** What a grant of the client's allows. */
  GRANT(200),
  /** The client ends a token. */
  REVOCATION(200),
  /** A stolen access token with a proof of another key. */
  STOLEN_TOKEN(401),
  /** An exact copy of a request that was answered before. */
  REPLAYED_PROOF(401),
  /** A code that was redeemed before. */
  REPLAYED_CODE(400),
  /** Userinfo with a token of the revoked grant. */
  USERINFO_REVOKED(401),
  /** A refresh of the revoked grant. */
  REFRESH_REVOKED(400),
  /** The accounts with a token of the revoked grant. */
  BANK_REVOKED(401),
  /** The person starts a flow on a page of the client, which sends the browser to the server. */
  APP_START(303),
  /** The browser brings the server's answer to the client. */
  APP_CALLBACK(MessageKind.ANY),
  /** A page of the client's. */
  APP_PAGE(200),
  /** A form of one of these pages. */
  APP_FORM(MessageKind.ANY),
  /** What a page looks like. */
  STYLE(200),
  /** A request that was refused for a reason none of the other kinds is about. */
  REFUSED(MessageKind.ANY),
  /** Anything else. Nothing is said of it. */
  OTHER(MessageKind.ANY);

  private static final int ANY = 0;

  private final int status;

  MessageKind(int status) {
    this.status = status;
  }

  /** Whether its answer has this status; some kinds have none of their own. */
  public boolean isAnsweredBy(int actual) {
    return status == ANY || status == actual;
  }

  /** The word of it in a printout, for example {@code push challenged}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
