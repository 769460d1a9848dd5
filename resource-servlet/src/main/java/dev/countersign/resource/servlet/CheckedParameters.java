package dev.countersign.resource.servlet;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a form that was read as content, beside those of the query. */
final class FormParameters {
  private FormParameters() {}

  /** A form that is none: its sender's fault. */
  static final class MalformedFormException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    MalformedFormException(IllegalArgumentException cause) {
      super("the form is malformed", cause);
    }
  }

  /**
   * Those of the query, and behind them those of the form, as Jakarta Servlet section 3.1 has it.
   *
   * @throws MalformedFormException for a percent sign without two digits
   */
  static Map<String, String[]> of(Map<String, String[]> query, byte[] form, Charset charset) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    query.forEach((name, values) -> all.put(name, new ArrayList<>(List.of(values))));
    for (String pair : new String(form, StandardCharsets.ISO_8859_1).split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        all.computeIfAbsent(decode(name, charset), first -> new ArrayList<>())
            .add(decode(value, charset));
      }
    }
    Map<String, String[]> parameters = new LinkedHashMap<>();
    all.forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
    return parameters;
  }

  /** Bytes that should have been escaped and were not are read in the same charset. */
  private static String decode(String text, Charset charset) {
    String unescaped = new String(text.getBytes(StandardCharsets.ISO_8859_1), charset);
    try {
      return URLDecoder.decode(unescaped, charset);
    } catch (IllegalArgumentException malformed) {
      throw new MalformedFormException(malformed);
    }
  }
}
