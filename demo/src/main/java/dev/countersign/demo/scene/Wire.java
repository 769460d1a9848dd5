package dev.countersign.demo.scene;

import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.edge.RefusedRequest;
import dev.countersign.protocol.refusal.Refusal;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Listens to both servers and keeps what it hears until {@link #drain}. Taps are called by many
 * threads; the journey itself is told by one thread, which says by {@link #speaker} who talks next.
 */
public final class Wire {
  /** The reason for a refusal is told on the thread of its request. */
  private static final ScopedValue<AtomicReference<Optional<Refusal>>> REASON =
      ScopedValue.newInstance();

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Exchange> heard = new ArrayList<>();
  private final AtomicReference<Party> speaker = new AtomicReference<>(Party.CLIENT);
  private final AtomicInteger atTheBank = new AtomicInteger();
  private int count;

  Wire(InstantSource clock) {
    this.clock = clock;
  }

  /** The handler that answers as {@code handler} does, and is overheard where it can be read. */
  Handler tap(Party to, URI origin, Handler handler) {
    return new Handler() {
      @Override
      public HttpResponse handle(HttpRequest request) throws Exception {
        Party from = from(to);
        AtomicReference<Optional<Refusal>> reason = new AtomicReference<>(Optional.empty());
        HttpResponse response =
            ScopedValue.where(REASON, reason).call(() -> answer(to, handler, request));
        keep(from, to, origin, request, response, reason.get());
        return response;
      }

      @Override
      public Optional<HttpResponse> refuse(RefusedRequest request) {
        return handler.refuse(request);
      }
    };
  }

  /** Where a party under a tap tells its reason for a refusal. */
  void refused(Refusal refusal) {
    if (REASON.isBound()) {
      REASON.get().set(Optional.of(refusal));
    }
  }

  /** Who talks from now on. */
  public void speaker(Party party) {
    speaker.set(party);
  }

  /** What was heard since the last time, in order. */
  public List<Exchange> drain() {
    lock.lock();
    try {
      List<Exchange> all = List.copyOf(heard);
      heard.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  private HttpResponse answer(Party to, Handler handler, HttpRequest request) throws Exception {
    if (to != Party.BANK) {
      return handler.handle(request);
    }
    atTheBank.incrementAndGet();
    try {
      return handler.handle(request);
    } finally {
      atTheBank.decrementAndGet();
    }
  }

  /** While a request is at the bank, whoever asks the authorization server is the bank. */
  private Party from(Party to) {
    return to == Party.SERVER && atTheBank.get() > 0 ? Party.BANK : speaker.get();
  }

  private void keep(
      Party from,
      Party to,
      URI origin,
      HttpRequest request,
      HttpResponse response,
      Optional<Refusal> refusal) {
    Instant now = clock.instant();
    lock.lock();
    try {
      URI url = origin.resolve(request.path());
      heard.add(new Exchange(++count, from, to, url, now, request, response, refusal));
    } finally {
      lock.unlock();
    }
  }
}
