package dev.countersign.client;

import dev.countersign.protocol.token.TokenResponse;
import dev.countersign.requirement.Enforces;

/** What access tokens are bound to, so that nobody else can use them, as registered. */
@Enforces("SP-5.3.3.1-1")
public enum SenderConstraint {
  /** A key that signs a proof for each request (RFC 9449). The default. */
  DPOP(TokenResponse.DPOP, "DP-7"),
  /** The client certificate of the connection (RFC 8705 section 3). */
  MTLS("Bearer", "MT-5");

  private final String tokenType;
  private final String rule;

  SenderConstraint(String tokenType, String rule) {
    this.tokenType = tokenType;
    this.rule = rule;
  }

  /** The token type, which is the scheme of the {@code Authorization} field, too. */
  String tokenType() {
    return tokenType;
  }

  /**
   * The answer, whose token is bound in this way.
   *
   * @throws ProtocolViolation if it says another token type, compared in any case
   */
  @Enforces({"DP-7", "SP-5.3.3.1-1"})
  TokenResponse checked(TokenResponse answer) throws ProtocolViolation {
    if (!answer.tokenType().equalsIgnoreCase(tokenType)) {
      throw new ProtocolViolation(rule, "the token type is not " + tokenType);
    }
    return answer;
  }
}
