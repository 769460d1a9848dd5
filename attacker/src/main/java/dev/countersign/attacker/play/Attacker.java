package dev.countersign.attacker.play;

/** The attackers of the FAPI 2.0 Attacker Model, section 7, by the numbers of the Final. */
public enum Attacker {
  /** Section 7.2: own servers, own account, own client; sends links to others. */
  A1("A1", "web attacker"),
  /** Section 7.3: the same, and runs an authorization server that clients use. */
  A1A("A1a", "web attacker with an authorization server"),
  /** Section 7.4: controls the network, but breaks no TLS. */
  A2("A2", "network attacker"),
  /** Section 7.5: reads authorization requests in the browser. */
  A3A("A3a", "reads the authorization request"),
  /**
   * Section 7.6, informative: reads and alters messages at a token endpoint that is not the right
   * one.
   */
  A4("A4", "tampers at the token endpoint"),
  /** Section 7.7: reads resource requests after they were processed. */
  A5("A5", "reads resource requests");

  private final String id;
  private final String title;

  Attacker(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** The name in the specification. */
  public String id() {
    return id;
  }

  /** What the attacker is, in a few words. */
  public String title() {
    return title;
  }
}
