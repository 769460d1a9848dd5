package dev.countersign.attacker.tls;

import dev.countersign.attacker.wire.NoAnswerException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Reads what a server says to a ClientHello, whatever it is, until it is clear. Takes no longer in
 * all than the timeout of the socket, and no more than 32 records.
 */
final class ServerWords {
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int SERVER_HELLO = 2;
  private static final int SUPPORTED_VERSIONS = 0x002b;
  private static final int MOST_RECORDS = 32;
  private static final int MOST_IN_RECORD = (1 << 14) + 2048;

  /** More than any ServerHello has: a session id of 32 bytes and some extensions. */
  private static final int MOST_IN_HELLO = 1 << 16;

  private final Socket socket;
  private final long until;

  ServerWords(Socket socket) throws SocketException {
    this.socket = socket;
    this.until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(socket.getSoTimeout());
  }

  /**
   * What the server said.
   *
   * @throws NoAnswerException if nothing clear was said in time
   */
  Offered read() throws IOException {
    try {
      return records();
    } catch (EOFException | SocketException _) {
      return new Offered.Refused("closed the connection");
    } catch (SocketTimeoutException e) {
      throw new NoAnswerException("no answer to a ClientHello in time", e);
    } catch (BufferUnderflowException _) {
      return notTls("a ServerHello that ends too early");
    }
  }

  private Offered records() throws IOException {
    ByteArrayOutputStream handshake = new ByteArrayOutputStream();
    for (int i = 0; i < MOST_RECORDS; i++) {
      ByteBuffer head = ByteBuffer.wrap(take(5));
      int type = u8(head);
      int major = u8(head);
      head.get();
      int length = u16(head);
      if ((type != ALERT && type != HANDSHAKE) || major != 3 || length > MOST_IN_RECORD) {
        return notTls("what is no record of a handshake");
      }
      byte[] body = take(length);
      if (type == HANDSHAKE) {
        handshake.writeBytes(body);
      }
      Optional<Offered> clear =
          type == ALERT
              ? alert(ByteBuffer.wrap(body))
              : hello(ByteBuffer.wrap(handshake.toByteArray()));
      if (clear.isPresent()) {
        return clear.get();
      }
    }
    return notTls("records without end");
  }

  /** A warning is not the end: {@code unrecognized_name} may come before the ServerHello. */
  private static Optional<Offered> alert(ByteBuffer body) {
    if (body.remaining() != 2) {
      return Optional.of(notTls("an alert of " + body.remaining() + " bytes"));
    }
    int level = u8(body);
    int description = u8(body);
    boolean goesOn = level == 1 && description != 0;
    return goesOn
        ? Optional.empty()
        : Optional.of(new Offered.Refused("alert " + Alerts.name(description)));
  }

  private static Optional<Offered> hello(ByteBuffer message) {
    if (message.remaining() < 4) {
      return Optional.empty();
    }
    int type = u8(message);
    int length = u8(message) << 16 | u16(message);
    if (type != SERVER_HELLO || length > MOST_IN_HELLO) {
      return Optional.of(notTls("another message in place of the ServerHello"));
    }
    if (message.remaining() < length) {
      return Optional.empty();
    }
    return Optional.of(accepted(message.slice(message.position(), length)));
  }

  private static Offered accepted(ByteBuffer hello) {
    int version = u16(hello);
    skip(hello, 32);
    skip(hello, u8(hello));
    int suite = u16(hello);
    int compression = u8(hello);
    Set<Integer> extensions = new HashSet<>();
    int left = hello.hasRemaining() ? u16(hello) : 0;
    ByteBuffer rest = hello.slice(hello.position(), Math.min(left, hello.remaining()));
    while (rest.hasRemaining()) {
      int extension = u16(rest);
      int length = u16(rest);
      extensions.add(extension);
      // RFC 8446 section 4.2.1: this one says the version in TLS 1.3.
      if (extension == SUPPORTED_VERSIONS && length == 2) {
        version = u16(rest);
      } else {
        skip(rest, length);
      }
    }
    Optional<TlsVersion> known = TlsVersion.of(version);
    return known.isEmpty()
        ? notTls("an unknown version")
        : new Offered.Accepted(known.get(), CipherSuite.of(suite), compression != 0, extensions);
  }

  private static Offered notTls(String what) {
    return new Offered.Refused("not TLS: " + what);
  }

  private static void skip(ByteBuffer bytes, int length) {
    if (length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    bytes.position(bytes.position() + length);
  }

  private static int u8(ByteBuffer bytes) {
    return bytes.get() & 0xff;
  }

  private static int u16(ByteBuffer bytes) {
    return bytes.getShort() & 0xffff;
  }

  /** The timeout of a socket is for each read; a server that drips has no more than that in all. */
  private byte[] take(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int have = 0; have < length; ) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        throw new SocketTimeoutException("the whole answer took too long");
      }
      socket.setSoTimeout(Math.toIntExact(left));
      int got = socket.getInputStream().read(bytes, have, length - have);
      if (got < 0) {
        throw new EOFException();
      }
      have += got;
    }
    return bytes;
  }
}
