package dev.countersign.protocol.http;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code application/x-www-form-urlencoded} (RFC 6749 appendix B) with no leniency: two
 * programs that repair broken text differently could read two different requests from it.
 */
final class FormDecoder {

  private static final int MAX_PARAMETERS = 200;

  private FormDecoder() {}

  /** The pairs in their order, repeated names and empty values included. */
  static List<Map.Entry<String, String>> decode(String text) {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = part(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : part(pair.substring(equals + 1));
      if (name.isEmpty()) {
        throw refused("a parameter has no name");
      }
      pairs.add(Map.entry(name, value));
      if (pairs.size() > MAX_PARAMETERS) {
        throw refused("there are too many parameters");
      }
    }
    return pairs;
  }

  private static String part(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '+') {
        bytes.write(' ');
      } else if (c == '%') {
        bytes.write(escaped(raw, i));
        i += 2;
      } else if (c > 0x20 && c < 0x7F) {
        bytes.write(c);
      } else {
        throw refused("a parameter has a character that must be escaped");
      }
    }
    String decoded = utf8(bytes.toByteArray());
    if (decoded.indexOf('\0') >= 0) {
      throw refused("a parameter has a NUL");
    }
    return decoded;
  }

  private static int escaped(String raw, int percent) {
    int high = percent + 2 < raw.length() ? hex(raw.charAt(percent + 1)) : -1;
    int low = percent + 2 < raw.length() ? hex(raw.charAt(percent + 2)) : -1;
    if (high < 0 || low < 0) {
      throw refused("a percent escape is broken");
    }
    return high << 4 | low;
  }

  /** The digit's value; ASCII digits only, where {@link Character#digit} takes others too. */
  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw refused("a parameter is not UTF-8");
    }
  }

  private static RefusalException refused(String description) {
    return new RefusalException(Refusal.oauth(OAuthError.INVALID_REQUEST, "OA-5", description));
  }
}
