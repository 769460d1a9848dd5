package dev.countersign.remote;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses are of the public internet, by the registries of special-purpose addresses (RFC
 * 6890): neither of this machine nor of the networks behind it.
 */
final class PublicAddresses {

  /** Of IPv4 all but these. */
  private static final List<Block> NOT_PUBLIC_4 =
      List.of(
          Block.of("0.0.0.0", 8),
          Block.of("10.0.0.0", 8),
          Block.of("100.64.0.0", 10),
          Block.of("127.0.0.0", 8),
          Block.of("169.254.0.0", 16),
          Block.of("172.16.0.0", 12),
          Block.of("192.0.0.0", 24),
          Block.of("192.0.2.0", 24),
          Block.of("192.88.99.0", 24),
          Block.of("192.168.0.0", 16),
          Block.of("198.18.0.0", 15),
          Block.of("198.51.100.0", 24),
          Block.of("203.0.113.0", 24),
          Block.of("224.0.0.0", 3));

  /** Of IPv6 the global unicast addresses alone... */
  private static final Block GLOBAL_6 = Block.of("2000::", 3);

  /** ...without these: protocol assignments (Teredo among them), documentation, 6to4. */
  private static final List<Block> NOT_PUBLIC_6 =
      List.of(
          Block.of("2001::", 23),
          Block.of("2001:db8::", 32),
          Block.of("2002::", 16),
          Block.of("3fff::", 20));

  /** RFC 6052: the last four bytes are the IPv4 address that is reached. */
  private static final Block TRANSLATED = Block.of("64:ff9b::", 96);

  private PublicAddresses() {}

  /** Whether the address is of the public internet. */
  static boolean contain(InetAddress address) {
    return switch (address) {
      case Inet4Address four -> NOT_PUBLIC_4.stream().noneMatch(block -> block.contains(four));
      case Inet6Address six when TRANSLATED.contains(six) -> contain(embedded(six));
      case Inet6Address six ->
          GLOBAL_6.contains(six) && NOT_PUBLIC_6.stream().noneMatch(block -> block.contains(six));
      default -> false;
    };
  }

  private static InetAddress embedded(Inet6Address address) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
    } catch (UnknownHostException fourBytesAreAnAddress) {
      throw new IllegalStateException(fourBytesAreAnAddress);
    }
  }

  /** The addresses that begin with the same bits. */
  private record Block(int bytes, BigInteger prefix, int shift) {

    static Block of(String literal, int length) {
      try {
        // A literal: nothing is looked up.
        byte[] first = InetAddress.getByName(literal).getAddress();
        int shift = first.length * Byte.SIZE - length;
        return new Block(first.length, new BigInteger(1, first).shiftRight(shift), shift);
      } catch (UnknownHostException notALiteral) {
        throw new IllegalStateException(notALiteral);
      }
    }

    boolean contains(InetAddress address) {
      byte[] raw = address.getAddress();
      return raw.length == bytes && new BigInteger(1, raw).shiftRight(shift).equals(prefix);
    }
  }
}
