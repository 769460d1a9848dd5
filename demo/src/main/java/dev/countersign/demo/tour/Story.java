package dev.countersign.demo.tour;

import dev.countersign.protocol.oauth.Issuer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What was told so far: the newest message of each kind. For one thread. */
final class Story {
  private final Issuer issuer;
  private final Map<MessageKind, Evidence> newest = new EnumMap<>(MessageKind.class);

  Story(Issuer issuer) {
    this.issuer = issuer;
  }

  Issuer issuer() {
    return issuer;
  }

  /** The newest message of a kind; empty if there was none yet. */
  Optional<Evidence> newest(MessageKind kind) {
    return Optional.ofNullable(newest.get(kind));
  }

  void add(MessageKind kind, Evidence evidence) {
    newest.put(kind, evidence);
  }
}
