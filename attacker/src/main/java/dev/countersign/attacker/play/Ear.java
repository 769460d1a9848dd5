package dev.countersign.attacker.play;

import dev.countersign.attacker.deployment.TestListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts who comes to the attacker's listener. Answers nobody: that somebody comes is enough. */
public final class Ear implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final ServerSocket socket;
  private final AtomicInteger came = new AtomicInteger();
  private final Semaphore arrivals = new Semaphore(0);

  private Ear(ServerSocket socket) {
    this.socket = socket;
  }

  /**
   * Listens from now on.
   *
   * @throws IOException if the place is taken
   */
  public static Ear open(TestListener at) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(at.host(), at.port()), BACKLOG);
    } catch (IOException e) {
      socket.close();
      throw new IOException("nothing can listen on port " + at.port() + " (key listener)", e);
    }
    Ear ear = new Ear(socket);
    Thread.ofVirtual().name("listener").start(ear::listen);
    return ear;
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        socket.accept().close();
        came.incrementAndGet();
        arrivals.release();
      } catch (IOException e) {
        // Closed, which ends the loop, or one visitor less.
      }
    }
  }

  /** How many came, after waiting this long for a first one. */
  public int heard(Duration wait) {
    try {
      if (arrivals.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        arrivals.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return came.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
