package dev.countersign.attacker.wire;

/**
 * What a request is in the formal model of FAPI 2.0: a trace of the model is a list of these, each
 * with who does it and what it is about.
 */
public enum Move {
  /** An honest client pushes its request for a person's browser. */
  START,
  /** The attacker pushes a request, or opens the authorization endpoint without one. */
  ATTACKER_REQUEST,
  /** A browser opens an authorization request; its person logs in and agrees. */
  AUTHORIZE,
  /** A browser is at the client's redirect URI, or the client redeems the code that it brought. */
  CALLBACK,
  /** The attacker asks for a token. */
  ATTACKER_TOKEN_REQUEST,
  /** A client uses its token at a resource. */
  RESOURCE_REQUEST,
  /** The attacker uses a token at a resource. */
  ATTACKER_RESOURCE_REQUEST,
  /** What the model has no step for, such as metadata, introspection and revocation. */
  OTHER
}
