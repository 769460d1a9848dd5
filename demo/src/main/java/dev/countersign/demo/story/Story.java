package dev.countersign.demo.story;

import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/** What was told so far, the newest thousand messages of it. For one thread. */
public final class Story {
  private static final int MOST = 1_000;

  private final Issuer issuer;
  private final RedirectUri redirectUri;
  private final Deque<Told> newestFirst = new ArrayDeque<>();

  /**
   * A story in which nothing was told yet.
   *
   * @param issuer the authorization server it is about
   * @param redirectUri where its client takes the person back
   */
  public Story(Issuer issuer, RedirectUri redirectUri) {
    this.issuer = issuer;
    this.redirectUri = redirectUri;
  }

  private record Told(MessageKind kind, Evidence evidence) {}

  /** The authorization server it is about. */
  public Issuer issuer() {
    return issuer;
  }

  /** Where its client takes the person back. */
  public RedirectUri redirectUri() {
    return redirectUri;
  }

  /** The newest message of a kind; empty if there was none yet. */
  public Optional<Evidence> newest(MessageKind kind) {
    return find(kind, _ -> true);
  }

  /** The newest message of a kind that fits: people's journeys may cross each other. */
  public Optional<Evidence> find(MessageKind kind, Predicate<Evidence> fits) {
    return newestFirst.stream()
        .filter(told -> told.kind() == kind)
        .map(Told::evidence)
        .filter(fits)
        .findFirst();
  }

  /** The newest message that fits, of whatever kind. */
  public Optional<Evidence> find(Predicate<Evidence> fits) {
    return newestFirst.stream().map(Told::evidence).filter(fits).findFirst();
  }

  /** Tells a message. */
  void add(MessageKind kind, Evidence evidence) {
    newestFirst.addFirst(new Told(kind, evidence));
    if (newestFirst.size() > MOST) {
      newestFirst.removeLast();
    }
  }
}
