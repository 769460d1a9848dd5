package dev.countersign.attacker.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the first answer of a connection that was closed: enough to judge it. */
final class RawAnswer {
  private RawAnswer() {}

  static Answer parse(URI url, byte[] read) {
    String text = new String(read, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    String[] lines = (end < 0 ? text : text.substring(0, end)).split("\r\n", -1);
    String[] status = lines[0].split(" ", 3);
    if (!lines[0].startsWith("HTTP/1.") || status.length < 2 || !status[1].matches("\\d{3}")) {
      return Answer.closed(
          url, read.length == 0 ? "without an answer" : "with something that is not HTTP");
    }
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        fields.add(Map.entry(lines[i].substring(0, colon), lines[i].substring(colon + 1).trim()));
      }
    }
    byte[] body = end < 0 ? new byte[0] : Arrays.copyOfRange(read, end + 4, read.length);
    return new Answer(url, Integer.parseInt(status[1]), fields, body, Optional.empty());
  }
}
