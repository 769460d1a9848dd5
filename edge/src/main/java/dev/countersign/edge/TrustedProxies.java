package dev.countersign.edge;

import java.net.InetAddress;
import java.util.List;

/**
 * The reverse proxies in front of a server, and what they are believed. A proxy here is one that
 * ends TLS itself and writes these fields anew on every request; one that hands on bytes must not
 * be listed, because all it hands on comes from clients.
 *
 * @param addresses where they connect from
 * @param clientAddress the field in which they say who the client is
 * @param clientCertificate whether they ask clients for certificates and hand them on in {@code
 *     Client-Cert} and {@code Client-Cert-Chain} (RFC 9440)
 */
public record TrustedProxies(
    List<AddressRange> addresses, ClientAddressField clientAddress, boolean clientCertificate) {

  /** Nobody is believed anything. */
  public static final TrustedProxies NONE =
      new TrustedProxies(List.of(), ClientAddressField.NONE, false);

  /** The field in which a proxy says who the client is; one alone, because it writes no other. */
  public enum ClientAddressField {
    /** None: the peer of the connection counts as the client. */
    NONE,
    /** {@code X-Forwarded-For}. */
    X_FORWARDED_FOR,
    /** {@code Forwarded} (RFC 7239). */
    FORWARDED
  }

  /** Copies the list. */
  public TrustedProxies {
    addresses = List.copyOf(addresses);
  }

  /** Whether this is the address of one of them. */
  boolean include(InetAddress address) {
    return addresses.stream().anyMatch(range -> range.contains(address));
  }
}
