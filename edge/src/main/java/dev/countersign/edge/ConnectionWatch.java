package dev.countersign.edge;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that stay for too long without a request under way. Jetty's idle timeout alone
 * lets a client stay for ever that sends a byte of a handshake, of a request's head or of HTTP/2's
 * own frames now and then. Safe for any number of threads.
 */
final class ConnectionWatch extends Handler.Wrapper implements Connection.Listener {
  private volatile long longest;
  private final Map<EndPoint, Stay> stays = new ConcurrentHashMap<>();

  /** Closes what is without a request for longer than {@code longest}. */
  ConnectionWatch(Duration longest, Handler handler) {
    super(handler);
    this.longest = longest.toNanos();
  }

  /** From now on closes what is without a request for longer than {@code time}: the end is near. */
  void hurry(Duration time) {
    longest = Math.min(longest, time.toNanos());
    stays.values().forEach(Stay::lookAgain);
  }

  @Override
  public void onOpened(Connection connection) {
    EndPoint endPoint = connection.getEndPoint();
    if (!(endPoint instanceof EndPoint.Wrapper)) {
      stays.computeIfAbsent(endPoint, opened -> new Stay(opened, getServer().getScheduler()));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    // A connection that another takes over ends, too, but its socket stays open.
    if (!connection.getEndPoint().isOpen()) {
      Optional.ofNullable(stays.remove(connection.getEndPoint())).ifPresent(Stay::over);
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Stay stay = stays.get(socket(request.getConnectionMetaData().getConnection().getEndPoint()));
    if (stay == null) {
      return super.handle(request, response, callback);
    }
    if (!stay.occupancy.enter()) {
      // Its answer would never arrive, so nothing must come of it: no code used, no token issued.
      callback.failed(new EofException("closed, since no request came for too long"));
      return true;
    }
    Request.addCompletionListener(request, _ -> stay.requestEnds());
    return super.handle(request, response, callback);
  }

  private static EndPoint socket(EndPoint endPoint) {
    return endPoint instanceof EndPoint.Wrapper outer ? socket(outer.unwrap()) : endPoint;
  }

  /** One connection, from its beginning. */
  private final class Stay implements Runnable {
    private final EndPoint endPoint;
    private final Scheduler scheduler;
    private final Occupancy occupancy = new Occupancy();
    private volatile long freeSince = System.nanoTime();
    private volatile Scheduler.Task look;

    Stay(EndPoint endPoint, Scheduler scheduler) {
      this.endPoint = endPoint;
      this.scheduler = scheduler;
      this.look = scheduler.schedule(this, longest, TimeUnit.NANOSECONDS);
    }

    void requestEnds() {
      freeSince = System.nanoTime();
      occupancy.leave();
    }

    void over() {
      look.cancel();
    }

    void lookAgain() {
      look.cancel();
      look = scheduler.schedule(this, longest, TimeUnit.NANOSECONDS);
    }

    /** Comes by when the time may be over; asked that seldom, the clock costs requests nothing. */
    @Override
    public void run() {
      long left = longest - (System.nanoTime() - freeSince);
      if (left <= 0 && occupancy.endIfEmpty()) {
        endPoint.close();
      } else if (endPoint.isOpen()) {
        look = scheduler.schedule(this, left > 0 ? left : longest, TimeUnit.NANOSECONDS);
      } else {
        stays.remove(endPoint);
      }
    }
  }
}
