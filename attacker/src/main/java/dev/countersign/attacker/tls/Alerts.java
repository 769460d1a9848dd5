package dev.countersign.attacker.tls;

/** The names of alerts that may follow a ClientHello (RFC 8446 section 6, IANA "TLS Alerts"). */
final class Alerts {
  private Alerts() {}

  static String name(int description) {
    return switch (description) {
      case 0 -> "close_notify";
      case 10 -> "unexpected_message";
      case 20 -> "bad_record_mac";
      case 22 -> "record_overflow";
      case 40 -> "handshake_failure";
      case 47 -> "illegal_parameter";
      case 49 -> "access_denied";
      case 50 -> "decode_error";
      case 51 -> "decrypt_error";
      case 70 -> "protocol_version";
      case 71 -> "insufficient_security";
      case 80 -> "internal_error";
      case 86 -> "inappropriate_fallback";
      case 90 -> "user_canceled";
      case 109 -> "missing_extension";
      case 110 -> "unsupported_extension";
      case 112 -> "unrecognized_name";
      case 120 -> "no_application_protocol";
      default -> Integer.toString(description);
    };
  }
}
