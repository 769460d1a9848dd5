package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.attacker.wire.Move;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Requests that no HTTP library would send. */
final class Raw {
  private Raw() {}

  /** The path of a URL with its query, as a request line has it. */
  static String target(URI url) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  /**
   * Sends a request without content.
   *
   * @param first method and request target
   * @param fields whole lines without their ends
   */
  static Answer send(
      Lab lab, URI origin, String first, List<String> fields, Optional<TestCertificate> shown)
      throws IOException {
    StringBuilder text = new StringBuilder(first).append(" HTTP/1.1\r\nHost: ");
    text.append(origin.getRawAuthority()).append("\r\n");
    fields.forEach(field -> text.append(field).append("\r\n"));
    text.append("Connection: close\r\n\r\n");
    return lab.line()
        .raw(Move.ATTACKER_RESOURCE_REQUEST, origin, Line.latin1(text.toString()), shown);
  }
}
