package dev.countersign.demo.scene;

/** Who speaks. */
public enum Party {
  /** The person's browser. */
  BROWSER("browser"),
  /** The third party's client. */
  CLIENT("client"),
  /** The authorization server. */
  SERVER("authorization server"),
  /** The bank's API, the resource server. */
  BANK("bank"),
  /** Somebody who has stolen what the step says. */
  ATTACKER("attacker");

  private final String label;

  Party(String label) {
    this.label = label;
  }

  /** What the printout calls it. */
  public String label() {
    return label;
  }
}
