package dev.countersign.protocol.accesstoken;

import java.util.Arrays;
import java.util.Optional;

/**
 * How an access token is bound to its sender (FAPI 2.0 Security Profile section 5.3.4 item 5). It
 * also says by which scheme of the Authorization header the token is sent.
 */
public enum SenderConstraint {
  /** To a key: each request brings a proof of it (RFC 9449). */
  DPOP("DPoP"),
  /** To the client certificate of the TLS connection (RFC 8705), whose scheme is still Bearer. */
  MTLS("Bearer");

  private final String scheme;

  SenderConstraint(String scheme) {
    this.scheme = scheme;
  }

  /** The scheme, as it is written in a challenge. */
  public String scheme() {
    return scheme;
  }

  /** How a token with this confirmation is bound. */
  public static SenderConstraint of(Confirmation cnf) {
    return switch (cnf) {
      case Confirmation.DpopKey key -> DPOP;
      case Confirmation.Certificate certificate -> MTLS;
    };
  }

  /** Whose tokens are sent by this scheme, compared without regard to case. */
  public static Optional<SenderConstraint> ofScheme(String scheme) {
    return Arrays.stream(values()).filter(one -> one.scheme.equalsIgnoreCase(scheme)).findFirst();
  }
}
