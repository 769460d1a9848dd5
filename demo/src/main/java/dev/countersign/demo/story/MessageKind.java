package dev.countersign.demo.story;

/** What a message of the journey is: the script says it, and its observations hold it to that. */
public enum MessageKind {
  /** Somebody reads the server's metadata. */
  METADATA(200),
  /** Somebody reads the server's keys. */
  KEYS(200),
  /** A pushed request whose proof lacks a nonce. */
  PUSH_CHALLENGED(400),
  /** A pushed request that is taken. */
  PUSH(201),
  /** The challenged request once more, with the same client assertion. */
  PUSH_REPEATED(201),
  /** The browser opens the pushed request. */
  AUTHORIZE(303),
  /** The page that asks who it is. */
  LOGIN_PAGE(200),
  /** The person says so. */
  LOGIN(303),
  /** The page that asks for consent. */
  CONSENT_PAGE(200),
  /** The person gives it, and the browser goes back to the client with a code. */
  CONSENT(303),
  /** The code becomes tokens. */
  TOKEN(200),
  /** A userinfo request whose proof lacks a nonce. */
  USERINFO_CHALLENGED(401),
  /** Who the person is. */
  USERINFO(200),
  /** A request to the bank whose proof lacks a nonce. */
  BANK_CHALLENGED(401),
  /** The person's accounts. */
  ACCOUNTS(200),
  /** The bookings of one account. */
  TRANSACTIONS(200),
  /** A payment. */
  PAYMENT(201),
  /** A new access token by the refresh token. */
  REFRESH(200),
  /** A token of the client's own. */
  CLIENT_CREDENTIALS(200),
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
  /** The bank with a token of the revoked grant: it has not heard of it. */
  BANK_UNAWARE(200);

  private final int status;

  MessageKind(int status) {
    this.status = status;
  }

  /** The status of its answer. */
  public int status() {
    return status;
  }
}
