package dev.countersign.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends prepared requests from several callers, each waiting for its answer before the next. */
final class Load {
  private final HttpClient http;
  private final PreparedRefreshes requests;
  private final ServerProcess server;

  Load(HttpClient http, PreparedRefreshes requests, ServerProcess server) {
    this.http = http;
    this.requests = requests;
    this.server = server;
  }

  /**
   * What came of it.
   *
   * @param refreshes how many, all of them answered 200
   * @param sending how long requests were under way
   * @param cpu of the server, all of its threads
   * @param median of the time to the whole answer
   * @param slow the time that one of 100 took longer than
   */
  record Result(long refreshes, Duration sending, Duration cpu, Duration median, Duration slow) {
    double perSecond() {
      return refreshes / (sending.toNanos() / 1e9);
    }

    double cpuMillis() {
      return cpu.toNanos() / 1e6 / refreshes;
    }
  }

  /** Sends for about so long; preparing takes a little more. */
  Result run(int callers, Duration time) throws IOException, InterruptedException {
    int batch = 250 * Math.max(2, callers);
    long[] nanos = {};
    Duration sending = Duration.ZERO;
    Duration cpu = server.cpu();
    while (sending.compareTo(time) < 0) {
      List<HttpRequest> prepared = requests.make(batch);
      long began = System.nanoTime();
      long[] more = send(prepared, callers);
      sending = sending.plusNanos(System.nanoTime() - began);
      nanos = Arrays.copyOf(nanos, nanos.length + more.length);
      System.arraycopy(more, 0, nanos, nanos.length - more.length, more.length);
    }
    Duration used = server.cpu().minus(cpu);
    Arrays.sort(nanos);
    return new Result(
        nanos.length,
        sending,
        used,
        Duration.ofNanos(nanos[nanos.length / 2]),
        Duration.ofNanos(nanos[nanos.length * 99 / 100]));
  }

  private long[] send(List<HttpRequest> prepared, int callers)
      throws IOException, InterruptedException {
    long[] nanos = new long[prepared.size()];
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService executor = Executors.newFixedThreadPool(callers)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        running.add(
            executor.submit(
                () -> {
                  for (int n = next.getAndIncrement();
                      n < nanos.length;
                      n = next.getAndIncrement()) {
                    nanos[n] = send(prepared.get(n));
                  }
                  return null;
                }));
      }
      for (Future<?> caller : running) {
        caller.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a refresh failed", e);
    }
    return nanos;
  }

  private long send(HttpRequest request) throws IOException, InterruptedException {
    long began = System.nanoTime();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    long nanos = System.nanoTime() - began;
    if (answer.statusCode() != 200) {
      throw new IOException("answered " + answer.statusCode() + " " + answer.body());
    }
    return nanos;
  }
}
