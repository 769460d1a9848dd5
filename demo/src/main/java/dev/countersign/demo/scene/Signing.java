package dev.countersign.demo.scene;

/** What is signed of a journey. */
public enum Signing {
  /** What the Security Profile signs: assertions, proofs and tokens. */
  AS_EVER,
  /**
   * Every message that matters: the client's request, the server's response to it and what it tells
   * the bank of tokens (FAPI 2.0 Message Signing), and what client and bank say to each other (FAPI
   * 2.0 HTTP Signatures).
   */
  EVERY_MESSAGE;

  /** Whether messages themselves are signed. */
  public boolean isOfMessages() {
    return this == EVERY_MESSAGE;
  }
}
