package dev.countersign.demo.viewer;

import dev.countersign.demo.scene.Exchange;
import dev.countersign.demo.scene.Party;
import dev.countersign.demo.story.Evidence;
import dev.countersign.demo.story.MessageKind;
import dev.countersign.demo.story.Teller;
import dev.countersign.demo.story.Told;
import dev.countersign.protocol.dpop.DpopNonce;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was heard, decoded, the newest {@value #LONGEST} messages of it. Safe for any number of
 * threads.
 */
final class Flow {
  /** How many messages are kept. */
  static final int LONGEST = 500;

  private static final int AT_ONCE = 50;
  private static final Set<MessageKind> PUSHES =
      Set.of(MessageKind.PUSH_CHALLENGED, MessageKind.PUSH, MessageKind.PUSH_REPEATED);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Message> messages = new ArrayDeque<>();
  private final Map<String, Attempt> underWay = new HashMap<>();
  private final Map<Giver, DpopNonce> nonces = new HashMap<>();
  private final Teller teller;
  private final MessageJson json;
  private long edition;
  private int run;
  private boolean pushGoesOn;
  private boolean open = true;

  /**
   * An empty flow.
   *
   * @param teller nobody else's
   * @param edition tells this flow from one that an earlier process showed to the same page
   */
  Flow(Teller teller, MessageJson json, long edition) {
    this.teller = teller;
    this.json = json;
    this.edition = edition;
  }

  /** Who gives nonces out: a party as a resource has others than for clients. */
  private record Giver(Party party, boolean resource) {

    static Giver of(Exchange exchange) {
      boolean resource = exchange.request().headers().first("Authorization").isPresent();
      return new Giver(exchange.to(), resource);
    }
  }

  /** Adds an exchange. What only makes pages look well is left out. */
  void hear(Exchange exchange) {
    lock.lock();
    try {
      Told told = teller.tell(exchange);
      if (isDecoration(told)) {
        return;
      }
      exchange.response().all(DpopNonce.HEADER).stream()
          .findFirst()
          .ifPresent(nonce -> nonces.put(Giver.of(exchange), new DpopNonce(nonce)));
      messages.addLast(tell(exchange, told));
      if (messages.size() > LONGEST) {
        messages.removeFirst();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Style sheets and icons, also one that a browser looks for in vain. */
  private static boolean isDecoration(Told told) {
    return told.kind() == MessageKind.STYLE
        || told.exchange().request().path().equals("/favicon.ico")
        || told.exchange().response().all("Content-Type").stream()
            .anyMatch(type -> type.startsWith("image/"));
  }

  private Message tell(Exchange exchange, Told told) {
    Evidence evidence = teller.evidence(exchange);
    Optional<Attempt> attempt =
        interaction(exchange).flatMap(id -> Optional.ofNullable(underWay.get(id)));
    if (exchange.from() == Party.CLIENT) {
      countRun(told.kind());
    }
    return new Message(
        evidence, Step.of(told.kind()), attempt, json.of(evidence, told, run, attempt));
  }

  /** A run begins where the app pushes a request; one that was sent back for a nonce goes on. */
  private void countRun(MessageKind kind) {
    boolean pushes = PUSHES.contains(kind);
    if (pushes && !pushGoesOn) {
      run++;
    }
    pushGoesOn = kind == MessageKind.PUSH_CHALLENGED;
  }

  private static Optional<String> interaction(Exchange exchange) {
    return exchange.request().headers().first(FapiInteractionId.HEADER);
  }

  /** Knows from now on that a request with this interaction id is that attempt. */
  void expect(String interactionId, Attempt attempt) {
    lock.lock();
    try {
      underWay.put(interactionId, attempt);
    } finally {
      lock.unlock();
    }
  }

  /** The message with this interaction id, after which none is expected any more. */
  Optional<Message> arrived(String interactionId) {
    lock.lock();
    try {
      underWay.remove(interactionId);
      return messages.stream()
          .filter(one -> one.attempt().isPresent())
          .filter(one -> interaction(one.evidence().exchange()).equals(Optional.of(interactionId)))
          .findFirst();
    } finally {
      lock.unlock();
    }
  }

  /** The message of this number, if it is still kept. */
  Optional<Message> find(int number) {
    lock.lock();
    try {
      return messages.stream().filter(one -> one.number() == number).findFirst();
    } finally {
      lock.unlock();
    }
  }

  /** The newest nonce that was given out where {@code exchange} went. */
  Optional<DpopNonce> nonce(Exchange exchange) {
    lock.lock();
    try {
      return Optional.ofNullable(nonces.get(Giver.of(exchange)));
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all messages. */
  void clear() {
    lock.lock();
    try {
      messages.clear();
      edition++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody wait any more. */
  void close() {
    lock.lock();
    try {
      open = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** All messages, the oldest first. */
  List<Message> all() {
    lock.lock();
    try {
      return List.copyOf(messages);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next messages for a page; waits for one if there is none yet.
   *
   * @param seen the edition that the page shows; another one means it starts anew
   * @param after the newest that it heard of
   * @param longest how long to wait
   */
  JsonObject next(long seen, int after, Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (open && seen == edition && newest() <= after && left > 0) {
        left = changed.awaitNanos(left);
      }
      int from = seen == edition ? after : 0;
      List<JsonObject> news =
          messages.stream()
              .filter(one -> one.heard() > from)
              .limit(AT_ONCE)
              .map(Message::json)
              .toList();
      return JsonObject.builder()
          .put("edition", edition)
          .put("oldest", messages.isEmpty() ? 0 : messages.getFirst().heard())
          .put("messages", news)
          .build();
    } finally {
      lock.unlock();
    }
  }

  private int newest() {
    return messages.isEmpty() ? 0 : messages.getLast().heard();
  }
}
