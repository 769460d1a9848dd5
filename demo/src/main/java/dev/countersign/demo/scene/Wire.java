package dev.countersign.demo.scene;

import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.edge.RefusedRequest;
import dev.countersign.protocol.refusal.Refusal;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Overhears the servers of a stage and tells every exchange to whoever listens. Safe for any number
 * of threads.
 */
public final class Wire {
  /** The reason for a refusal is told on the thread of its request. */
  private static final ScopedValue<AtomicReference<Optional<Refusal>>> REASON =
      ScopedValue.newInstance();

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Consumer<Exchange>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private int answered;

  Wire(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Tells {@code listener} every exchange from now on, each before its answer is sent: one at a
   * time, in the order of their numbers, on the thread of the request. It must be quick and not
   * throw.
   */
  public void listen(Consumer<Exchange> listener) {
    listeners.add(listener);
  }

  /** The handler that answers as {@code handler} does, and is overheard where it can be read. */
  Handler tap(Party to, URI origin, Handler handler) {
    return new Handler() {
      @Override
      public HttpResponse handle(HttpRequest request) throws Exception {
        Optional<Party> from = Voices.of(request.headers());
        if (from.isEmpty()) {
          return handler.handle(request);
        }
        int place = asked.incrementAndGet();
        AtomicReference<Optional<Refusal>> reason = new AtomicReference<>(Optional.empty());
        HttpResponse response =
            ScopedValue.where(REASON, reason).call(() -> handler.handle(request));
        URI url = url(origin, request.path());
        tell(new Unnumbered(place, from.get(), to, url, request, response, reason.get()));
        return response;
      }

      @Override
      public Optional<HttpResponse> refuse(RefusedRequest request) {
        return handler.refuse(request);
      }
    };
  }

  /** As it stands: to resolve {@code //name} would mean another host. */
  private static URI url(URI origin, String path) {
    return URI.create(origin + (path.startsWith("/") ? path : "/" + path));
  }

  /** Where a party under a tap tells its reason for a refusal, on the thread of the request. */
  public void refused(Refusal refusal) {
    if (REASON.isBound()) {
      REASON.get().set(Optional.of(refusal));
    }
  }

  /** An exchange that has no number yet. */
  private record Unnumbered(
      int asked,
      Party from,
      Party to,
      URI url,
      HttpRequest request,
      HttpResponse response,
      Optional<Refusal> refusal) {

    Exchange as(int number, Instant at) {
      return new Exchange(number, asked, from, to, url, at, request, response, refusal);
    }
  }

  private void tell(Unnumbered heard) {
    lock.lock();
    try {
      Exchange exchange = heard.as(++answered, clock.instant());
      listeners.forEach(listener -> listener.accept(exchange));
    } finally {
      lock.unlock();
    }
  }
}
