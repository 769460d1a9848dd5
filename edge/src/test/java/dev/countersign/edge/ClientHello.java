package dev.countersign.edge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * A ClientHello made by hand (RFC 5246 section 7.4.1.2), because the JDK's client does not offer
 * what a server has to refuse.
 */
final class ClientHello {
  static final int RENEGOTIATION_INFO = 0xff01;
  static final int EXTENDED_MASTER_SECRET = 0x0017;
  static final int TRUNCATED_HMAC = 0x0004;

  private final int version;
  private final int[] suites;
  private final int[] groups;

  /** {@code version} as on the wire: 0x0303 is TLS 1.2. */
  ClientHello(int version, int... suites) {
    this(version, new int[] {0x001d, 0x0017, 0x0018}, suites);
  }

  private ClientHello(int version, int[] groups, int... suites) {
    this.version = version;
    this.groups = groups;
    this.suites = suites;
  }

  ClientHello withGroup(int group) {
    return new ClientHello(version, new int[] {group}, suites);
  }

  /** What the server says to it. */
  sealed interface Answer {
    record ServerHello(int version, int suite, int compression, List<Integer> extensions)
        implements Answer {}

    record Alert(int description) implements Answer {}

    record Closed() implements Answer {}
  }

  Answer sendTo(Socket socket) throws IOException {
    try (socket) {
      socket.getOutputStream().write(record(0x0301, 22, handshake()));
      socket.getOutputStream().flush();
      return read(new DataInputStream(socket.getInputStream()));
    } catch (EOFException | SocketException _) {
      return new Answer.Closed();
    }
  }

  private static Answer read(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    in.readUnsignedShort();
    byte[] body = new byte[in.readUnsignedShort()];
    in.readFully(body);
    if (type == 21) {
      return new Answer.Alert(body[1]);
    }
    DataInputStream hello = new DataInputStream(new ByteArrayInputStream(body));
    hello.skipBytes(4);
    int version = hello.readUnsignedShort();
    hello.skipBytes(32);
    hello.skipBytes(hello.readUnsignedByte());
    return new Answer.ServerHello(
        version, hello.readUnsignedShort(), hello.readUnsignedByte(), extensions(hello));
  }

  private static List<Integer> extensions(DataInputStream hello) throws IOException {
    List<Integer> found = new ArrayList<>();
    for (int left = hello.readUnsignedShort(); left > 0; ) {
      found.add(hello.readUnsignedShort());
      int length = hello.readUnsignedShort();
      hello.skipBytes(length);
      left -= 4 + length;
    }
    return found;
  }

  private byte[] handshake() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(version);
    out.write(new byte[32]);
    out.writeByte(0);
    vector(out, suites);
    // DEFLATE (RFC 3749) and none.
    out.write(new byte[] {2, 1, 0});
    byte[] extensions = extensions();
    out.writeShort(extensions.length);
    out.write(extensions);
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream framed = new DataOutputStream(message);
    framed.writeInt(0x01000000 | bytes.size());
    bytes.writeTo(framed);
    return message.toByteArray();
  }

  private byte[] extensions() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(0x000a);
    out.writeShort(2 + 2 * groups.length);
    vector(out, groups);
    // Uncompressed points; then every signature scheme of RSA and ECDSA, SHA-1 included.
    out.write(new byte[] {0, 0x0b, 0, 2, 1, 0});
    int[] schemes = {0x0403, 0x0503, 0x0804, 0x0805, 0x0401, 0x0501, 0x0203, 0x0201};
    out.writeShort(0x000d);
    out.writeShort(2 + 2 * schemes.length);
    vector(out, schemes);
    out.writeShort(EXTENDED_MASTER_SECRET);
    out.writeShort(0);
    out.writeShort(TRUNCATED_HMAC);
    out.writeShort(0);
    out.writeShort(RENEGOTIATION_INFO);
    out.writeShort(1);
    out.writeByte(0);
    return bytes.toByteArray();
  }

  private static void vector(DataOutputStream out, int[] values) throws IOException {
    out.writeShort(2 * values.length);
    for (int value : values) {
      out.writeShort(value);
    }
  }

  private static byte[] record(int version, int type, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(type);
    out.writeShort(version);
    out.writeShort(body.length);
    out.write(body);
    return bytes.toByteArray();
  }
}
