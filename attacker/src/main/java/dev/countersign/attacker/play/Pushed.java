package dev.countersign.attacker.play;

import java.net.URI;

/**
 * A request that was pushed.
 *
 * @param url the authorization endpoint with {@code client_id} and {@code request_uri}
 * @param requestUri the {@code request_uri}
 * @param verifier the {@code code_verifier} to its challenge
 * @param state the {@code state} in it
 * @param nonce the {@code nonce} in it
 * @param expiresIn seconds that it lives; -1 if the server did not say
 */
public record Pushed(
    URI url, String requestUri, String verifier, String state, String nonce, long expiresIn) {

  /** Nothing of it. */
  @Override
  public String toString() {
    return "Pushed";
  }
}
