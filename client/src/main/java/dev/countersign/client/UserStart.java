package dev.countersign.client;

/**
 * Proof that a person started a flow in a browser session, made by {@link
 * BrowserSession#confirmStart} or {@link BrowserSession#startGuardedByCaller}.
 */
public sealed interface UserStart {

  /** The session the flow is bound to. */
  BrowserSession session();

  /** Made by {@link BrowserSession} only. */
  record Confirmed(BrowserSession session) implements UserStart {}
}
