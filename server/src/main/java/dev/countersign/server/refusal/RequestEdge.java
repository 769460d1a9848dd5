package dev.countersign.server.refusal;

import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.edge.RefusedRequest;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.StoreException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * The edge of every request: gives it a time and an interaction id, finds its endpoint, turns what
 * the endpoint throws into the answer, puts on every answer what it must carry, and writes one log
 * line. The only place that catches everything. Safe for any number of threads.
 */
public final class RequestEdge implements Handler {
  /** The longest body that is looked at, in bytes. */
  public static final int MAX_BODY = 64 * 1024;

  private static final String HSTS = "max-age=63072000; includeSubDomains; preload";
  private static final Refusal BROKEN =
      Refusal.oauth(OAuthError.SERVER_ERROR, "OA-1", "something went wrong on our side");
  private static final Refusal UNAVAILABLE =
      Refusal.oauth(OAuthError.TEMPORARILY_UNAVAILABLE, "OA-1", "please try again in a moment");
  private static final Refusal TOO_LARGE =
      Refusal.http(413, "PAR-1", "the body is larger than 64 KiB");
  private static final Refusal UNREADABLE =
      Refusal.http(400, "OA-3", "the request could not be read");

  private final RouteMap routes;
  private final InstantSource clock;
  private final SecureRandom random;
  private final RequestObserver observer;

  /** Answers by these routes. */
  public RequestEdge(List<Route> routes, InstantSource clock, SecureRandom random) {
    this(routes, clock, random, _ -> {});
  }

  /**
   * Answers by these routes.
   *
   * @param observer told of every request
   */
  public RequestEdge(
      List<Route> routes, InstantSource clock, SecureRandom random, RequestObserver observer) {
    this.routes = new RouteMap(routes);
    this.clock = clock;
    this.random = random;
    this.observer = observer;
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    RequestLog log = new RequestLog();
    return finished(Optional.of(request), log, (now, id) -> answer(request, now, id, log));
  }

  /** A request that could not be read gets the headers and the log line of every other one. */
  @Override
  public Optional<HttpResponse> refuse(RefusedRequest request) {
    return Optional.of(
        finished(request.head(), new RequestLog(), (now, id) -> refused(request, now, id)));
  }

  @Enforces({"IA-2.2.1-2", "SP-5.2.3-1", "TLS-5"})
  private HttpResponse finished(
      Optional<HttpRequest> request,
      RequestLog log,
      BiFunction<Instant, FapiInteractionId, Outcome> answer) {
    long start = System.nanoTime();
    FapiInteractionId id =
        FapiInteractionId.from(
            request.flatMap(known -> known.headers().first(FapiInteractionId.HEADER)),
            this::freshId);
    Outcome outcome = answer.apply(clock.instant(), id);
    HttpResponse response =
        outcome
            .response()
            .with("Strict-Transport-Security", HSTS)
            .with("X-Content-Type-Options", "nosniff")
            .with(FapiInteractionId.HEADER, id.value());
    long nanos = System.nanoTime() - start;
    observer.finished(
        new FinishedRequest(
            outcome.endpoint(),
            response.status(),
            outcome.refusal(),
            outcome.cause().isPresent(),
            Duration.ofNanos(nanos)));
    LogLine.write(id, request, outcome, log, nanos);
    return response;
  }

  private Outcome answer(HttpRequest request, Instant now, FapiInteractionId id, RequestLog log) {
    return switch (routes.match(request)) {
      case RouteMap.Match.Found(Route route) -> answer(route, request, now, id, log);
      case RouteMap.Match.WrongMethod wrong -> {
        Refusal refusal = wrong.refusal(request.method());
        Outcome outcome = refused(wrong.neighbour(), refusal, Optional.empty(), request, now, id);
        yield outcome.with("Allow", String.join(", ", wrong.allowed()));
      }
      case RouteMap.Match.Nothing() ->
          new Outcome(HttpResponse.empty(404), "none", Optional.empty(), Optional.empty());
    };
  }

  private static Outcome answer(
      Route route, HttpRequest request, Instant now, FapiInteractionId id, RequestLog log) {
    try {
      if (request.body().length > MAX_BODY) {
        return refused(route, TOO_LARGE, Optional.empty(), request, now, id);
      }
      HttpResponse response = route.endpoint().handle(request, now, log);
      return new Outcome(
          route.always().on(response, now), route.name(), Optional.empty(), Optional.empty());
    } catch (RefusalException e) {
      return refused(route, e.refusal(), Optional.empty(), request, now, id);
    } catch (StoreException e) {
      return refused(route, UNAVAILABLE, Optional.of(e), request, now, id);
    } catch (RuntimeException e) {
      return refused(route, BROKEN, Optional.of(e), request, now, id);
    }
  }

  private Outcome refused(RefusedRequest request, Instant now, FapiInteractionId id) {
    Refusal refusal =
        switch (request.status()) {
          case 413 -> TOO_LARGE;
          case 503 -> UNAVAILABLE;
          default -> request.reason().map(RequestEdge::unreadable).orElse(UNREADABLE);
        };
    if (request.status() == 413
        && request.head().isPresent()
        && routes.match(request.head().get()) instanceof RouteMap.Match.Found(Route route)) {
      return refused(route, refusal, Optional.empty(), request.head().get(), now, id);
    }
    return new Outcome(
        HttpResponse.empty(request.status()), "none", Optional.of(refusal), Optional.empty());
  }

  private static Refusal unreadable(RefusedRequest.Reason reason) {
    return new Refusal.Http(
        UNREADABLE.status(), reason.rule(), UNREADABLE.description(), Optional.of(reason.detail()));
  }

  private static Outcome refused(
      Route route,
      Refusal refusal,
      Optional<Exception> cause,
      HttpRequest request,
      Instant now,
      FapiInteractionId id) {
    try {
      HttpResponse response = route.always().on(route.refusals().write(refusal, request, id), now);
      return new Outcome(response, route.name(), Optional.of(refusal), cause);
    } catch (RuntimeException e) {
      // Even the form of the refusal is broken; what broke first is the better hint, if there is.
      return new Outcome(
          HttpResponse.empty(500),
          route.name(),
          Optional.of(BROKEN),
          cause.or(() -> Optional.of(e)));
    }
  }

  /** A random UUID (RFC 9562 section 5.4) from the server's own source of randomness. */
  private UUID freshId() {
    long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x0000000000004000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
