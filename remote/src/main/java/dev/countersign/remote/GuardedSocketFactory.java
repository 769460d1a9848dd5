package dev.countersign.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Puts TLS on a connection that stands, if its other end is an address that may be. What is looked
 * at is the address of the connection itself: that the name led somewhere else a moment before does
 * not matter. The settings of TLS are those of {@link StrictTls#parameters}.
 */
final class GuardedSocketFactory extends SSLSocketFactory {
  private final SSLSocketFactory tls;
  private final AddressRule rule;

  GuardedSocketFactory(SSLSocketFactory tls, AddressRule rule) {
    this.tls = tls;
    this.rule = rule;
  }

  /**
   * The connection with TLS.
   *
   * @throws RefusedAddressException if it must not be used; nothing was sent then
   */
  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
      throws IOException {
    if (!rule.allows(connected.getInetAddress())) {
      connected.close();
      throw new RefusedAddressException();
    }
    SSLSocket socket = (SSLSocket) tls.createSocket(connected, host, port, autoClose);
    socket.setSSLParameters(StrictTls.parameters());
    return socket;
  }

  // Sockets that connect themselves are not made, so the caller has to bring a connected one.

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw unsupported();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    throw unsupported();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw unsupported();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    throw unsupported();
  }

  private static SocketException unsupported() {
    return new SocketException("connected sockets only");
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }

  /** The other end is an address that no connection may be used with. */
  static final class RefusedAddressException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException() {
      super("the address is refused");
    }
  }
}
