package dev.countersign.demo.story;

import dev.countersign.protocol.oauth.Issuer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What was told so far: the newest message of each kind. For one thread. */
public final class Story {
  private final Issuer issuer;
  private final Map<MessageKind, Evidence> newest = new EnumMap<>(MessageKind.class);

  /** A story in which nothing was told yet. */
  public Story(Issuer issuer) {
    this.issuer = issuer;
  }

  /** The authorization server it is about. */
  public Issuer issuer() {
    return issuer;
  }

  /** The newest message of a kind; empty if there was none yet. */
  public Optional<Evidence> newest(MessageKind kind) {
    return Optional.ofNullable(newest.get(kind));
  }

  /** Tells a message. */
  public void add(MessageKind kind, Evidence evidence) {
    newest.put(kind, evidence);
  }
}
