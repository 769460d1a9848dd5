package dev.countersign.attacker.play;

/**
 * A code that came back to the client.
 *
 * @param pushed the request that it is for
 * @param code the code
 * @param back all that came back
 */
public record Coded(Pushed pushed, String code, Landing.Back back) {

  /** Nothing of it. */
  @Override
  public String toString() {
    return "Coded";
  }
}
