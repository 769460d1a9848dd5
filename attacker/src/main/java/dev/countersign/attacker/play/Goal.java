package dev.countersign.attacker.play;

/** What an attack endangers: the goals of the Attacker Model, section 5, and what lies beyond. */
public enum Goal {
  /** Section 5.2: nobody reaches the resources of somebody else. */
  AUTHORIZATION("authorization"),
  /** Section 5.3: nobody logs in to a client as somebody else. */
  AUTHENTICATION("authentication"),
  /** Section 5.4: nobody is logged in as, or uses the resources of, the attacker unknowingly. */
  SESSION_INTEGRITY("session integrity"),
  /** Message Signing, section 5: nobody can deny, or be blamed for, a signed message. */
  NON_REPUDIATION("non-repudiation"),
  /** Nothing that the model knows: availability, privacy, hygiene. */
  BEYOND("beyond the model");

  private final String title;

  Goal(String title) {
    this.title = title;
  }

  /** The name, as a report says it. */
  public String title() {
    return title;
  }
}
