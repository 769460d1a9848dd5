package dev.countersign.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** An HTTP/2 connection, frame by frame (RFC 9113 section 4.1). */
final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;

  private static final int END_HEADERS = 4;
  private static final int END_STREAM_AND_HEADERS = 5;
  private static final int HEAD = 9;

  /** GET, https, and the authority "a"; then the path, as itself (RFC 7541 appendix A). */
  private static final byte[] GET = {(byte) 0x82, (byte) 0x87, 1, 1, 'a', 4};

  private static final byte[] POST = {(byte) 0x83, (byte) 0x87, 1, 1, 'a', 4};

  private final SSLSocket socket;
  private final DataInputStream in;

  private RawHttp2(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  /** What came: a frame's type and stream. */
  record Frame(int type, int stream) {}

  static RawHttp2 to(Served served) throws IOException {
    SSLSocket socket = served.tls();
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    RawHttp2 connection = new RawHttp2(socket);
    socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
    connection.send(SETTINGS, 0, 0, new byte[0]);
    return connection;
  }

  void get(int stream, String path) throws IOException {
    send(HEADERS, END_STREAM_AND_HEADERS, stream, fields(GET, path));
  }

  /** Its body is still to come. */
  void post(int stream, String path) throws IOException {
    send(HEADERS, END_HEADERS, stream, fields(POST, path));
  }

  private static byte[] fields(byte[] method, String path) throws IOException {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    fields.write(method);
    fields.write(path.length());
    fields.write(path.getBytes(ISO_8859_1));
    return fields.toByteArray();
  }

  /** The client does not want it any more: RFC 9113 section 7, CANCEL. */
  void cancel(int stream) throws IOException {
    send(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
  }

  void ping() throws IOException {
    send(PING, 0, 0, new byte[8]);
  }

  private void send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(HEAD + payload.length);
    frame.write(new byte[] {0, 0, (byte) payload.length, (byte) type, (byte) flags});
    frame.write(new byte[] {0, 0, 0, (byte) stream});
    frame.write(payload);
    OutputStream out = socket.getOutputStream();
    out.write(frame.toByteArray());
    out.flush();
  }

  /** The next frame of this type; the others are read over. */
  Frame next(int type) throws IOException {
    Frame frame = next();
    while (frame.type() != type) {
      frame = next();
    }
    return frame;
  }

  private Frame next() throws IOException {
    int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    in.readUnsignedByte();
    int stream = in.readInt();
    in.readNBytes(length);
    return new Frame(type, stream);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
