package dev.countersign.edge;

import java.math.BigInteger;
import java.net.InetAddress;

/**
 * A block of IP addresses, as {@code 10.0.0.0/8} or {@code 2001:db8::/32} name it (RFC 4632 section
 * 3.1, RFC 4291 section 2.3); an address alone is a block of one. An IPv4 address written as IPv6
 * ({@code ::ffff:10.0.0.1}) is that IPv4 address.
 *
 * @param first the lowest address of the block
 * @param prefix how many leading bits all addresses of the block share, 1 or more
 */
public record AddressRange(InetAddress first, int prefix) {

  /**
   * Refuses a prefix that is longer than the address, one of nothing, because that is everybody,
   * and an address with bits beyond the prefix, because it was meant to be another.
   */
  public AddressRange {
    int bits = first.getAddress().length * Byte.SIZE;
    if (prefix < 1 || prefix > bits) {
      throw new IllegalArgumentException("a prefix of " + first + " has 1 to " + bits + " bits");
    }
    if (number(first).getLowestSetBit() >= 0 && number(first).getLowestSetBit() < bits - prefix) {
      throw new IllegalArgumentException("the address has bits beyond its prefix");
    }
  }

  /**
   * The block that {@code text} names: an address, or an address, a slash and the prefix length.
   *
   * @throws IllegalArgumentException if it is neither; names are not looked up
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address =
        IpLiteral.parse(slash < 0 ? text : text.substring(0, slash))
            .orElseThrow(() -> new IllegalArgumentException("no IP address"));
    if (slash < 0) {
      return new AddressRange(address, address.getAddress().length * Byte.SIZE);
    }
    String prefix = text.substring(slash + 1);
    if (!prefix.matches("[1-9]\\d{0,2}")) {
      throw new IllegalArgumentException("a prefix length is a number from 1");
    }
    return new AddressRange(address, Integer.parseInt(prefix));
  }

  /** Whether the address is one of the block. */
  public boolean contains(InetAddress address) {
    int bits = first.getAddress().length * Byte.SIZE;
    return address.getAddress().length * Byte.SIZE == bits
        && number(address)
            .shiftRight(bits - prefix)
            .equals(number(first).shiftRight(bits - prefix));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return first.getHostAddress() + "/" + prefix;
  }

  private static BigInteger number(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }
}
