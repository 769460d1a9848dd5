package dev.countersign.resource.servlet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a request that was checked, as Jakarta Servlet section 3.1 has them: made of
 * the query and of the content that was read. The container's own are never asked for: it may have
 * read a form before its digest could be checked. For one thread.
 */
final class CheckedParameters {
  private final int most;
  private final Map<String, List<String>> all = new LinkedHashMap<>();
  private int count;

  /**
   * None yet.
   *
   * @param most so many are taken, this number included
   */
  CheckedParameters(int most) {
    this.most = most;
  }

  /** Parameters that are none: their sender's fault. */
  static final class MalformedParametersException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    MalformedParametersException(String reason) {
      super(reason);
    }
  }

  /** Adds those of a query as it came, which is UTF-8 (RFC 3986 section 2.5). */
  void addQuery(String query) {
    add(query.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /**
   * Adds those of a form, or of what looks like one.
   *
   * @param charset of its escaped bytes, and of those that should have been escaped and were not
   * @throws MalformedParametersException for a percent sign without two digits, bytes that are no
   *     text in this charset, or too many parameters
   */
  void add(byte[] form, Charset charset) {
    int from = 0;
    while (from <= form.length) {
      int to = indexOf(form, '&', from, form.length);
      if (to > from) {
        if (++count > most) {
          throw new MalformedParametersException("there are more than " + most + " parameters");
        }
        int equals = indexOf(form, '=', from, to);
        String value = equals < to ? decode(form, equals + 1, to, charset) : "";
        all.computeIfAbsent(decode(form, from, equals, charset), name -> new ArrayList<>())
            .add(value);
      }
      from = to + 1;
    }
  }

  /** What was added, in its order. */
  Map<String, String[]> toMap() {
    Map<String, String[]> map = new LinkedHashMap<>();
    all.forEach((name, values) -> map.put(name, values.toArray(String[]::new)));
    return map;
  }

  /** Where it stands first, or the end. */
  private static int indexOf(byte[] form, char wanted, int from, int end) {
    int at = from;
    while (at < end && form[at] != wanted) {
      at++;
    }
    return at;
  }

  private static String decode(byte[] form, int from, int to, Charset charset) {
    byte[] bytes = new byte[to - from];
    int length = 0;
    for (int at = from; at < to; at++) {
      byte one = form[at];
      if (one == '%') {
        one = (byte) (digit(form, at + 1, to) << 4 | digit(form, at + 2, to));
        at += 2;
      } else if (one == '+') {
        one = ' ';
      }
      bytes[length++] = one;
    }
    try {
      // A new decoder reports what is malformed, and replaces nothing.
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedParametersException("a parameter has bytes that are no text");
    }
  }

  private static int digit(byte[] form, int at, int to) {
    int digit = at < to ? Character.digit(form[at], 16) : -1;
    if (digit < 0) {
      throw new MalformedParametersException("a percent sign is without two digits");
    }
    return digit;
  }
}
