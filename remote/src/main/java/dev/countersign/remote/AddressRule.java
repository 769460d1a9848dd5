package dev.countersign.remote;

import java.net.InetAddress;

/** With which addresses a connection may be made. */
@FunctionalInterface
public interface AddressRule {

  /** Whether a connection to the address may be used. */
  boolean allows(InetAddress address);

  /**
   * Those of the public internet alone: not this machine (loopback), not the link, no private or
   * unique-local network, nothing that is reserved (RFC 6890).
   */
  static AddressRule publicOnly() {
    return PublicAddresses::contain;
  }

  /** All addresses, for deployments whose other parties are on the same private network. */
  static AddressRule any() {
    return address -> true;
  }
}
