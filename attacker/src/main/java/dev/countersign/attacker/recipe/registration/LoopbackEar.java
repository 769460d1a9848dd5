package dev.countersign.attacker.recipe.registration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts who comes to a port of this machine's loopback address. A server on the same machine that
 * comes here would come to anything else behind its firewall; one on another machine comes to its
 * own loopback, and is not heard. Answers nobody: that somebody comes is enough.
 */
final class LoopbackEar implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final ServerSocket socket;
  private final AtomicInteger came = new AtomicInteger();
  private final Semaphore arrivals = new Semaphore(0);

  private LoopbackEar(ServerSocket socket) {
    this.socket = socket;
  }

  /** Listens from now on, at a port that is free. */
  static LoopbackEar open() throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    LoopbackEar ear = new LoopbackEar(socket);
    Thread.ofVirtual().name("loopback").start(ear::listen);
    return ear;
  }

  private void listen() {
    while (!socket.isClosed()) {
      try (Socket _ = socket.accept()) {
        came.incrementAndGet();
        arrivals.release();
      } catch (IOException e) {
        // Closed, which ends the loop, or one visitor less.
      }
    }
  }

  /** The URL of a path here, by one of the names of this machine. */
  String url(String host, String path) {
    return "https://" + host + ":" + socket.getLocalPort() + path;
  }

  /** How many came since this was last asked, after waiting so long for one. */
  int heard(Duration wait) {
    try {
      if (arrivals.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        arrivals.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return came.getAndSet(0);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
