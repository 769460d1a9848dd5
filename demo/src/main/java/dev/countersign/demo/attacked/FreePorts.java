package dev.countersign.demo.attacked;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Finds ports for those whose address must be known before they listen. */
final class FreePorts {
  private FreePorts() {}

  /** So many different ports of 127.0.0.1 on which nobody listens at this moment. */
  static List<Integer> find(int number) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      try {
        for (int i = 0; i < number; i++) {
          ServerSocket socket = new ServerSocket();
          sockets.add(socket);
          socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
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
