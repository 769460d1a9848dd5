package dev.countersign.demo.attacked;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Finds ports for those whose address must be known before they listen. They are below those that
 * systems give to whoever calls another (32768 and up on Linux, 49152 and up elsewhere): one of
 * these may be the near end of somebody's connection by the time that it is listened on.
 */
final class FreePorts {
  private static final int FIRST = 10_240;
  private static final int BEYOND = 32_768;
  private static final int ATTEMPTS = 1000;

  private FreePorts() {}

  /** So many different ports of 127.0.0.1 on which nobody listens at this moment. */
  static List<Integer> find(int number, RandomGenerator random) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      try {
        for (int i = 0; sockets.size() < number; i++) {
          ServerSocket socket = new ServerSocket();
          try {
            socket.bind(
                new InetSocketAddress(
                    InetAddress.ofLiteral("127.0.0.1"), random.nextInt(FIRST, BEYOND)));
            sockets.add(socket);
          } catch (BindException e) {
            socket.close();
            if (i == ATTEMPTS) {
              throw e;
            }
          }
        }
        return sockets.stream().map(ServerSocket::getLocalPort).toList();
      } finally {
        for (ServerSocket socket : sockets) {
          socket.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("127.0.0.1 has no free ports", e);
    }
  }
}
