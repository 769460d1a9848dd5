package dev.countersign.attacker.wire;

import dev.countersign.attacker.deployment.TestCertificate;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to send, as it is.
 *
 * @param move what it is in the model
 * @param fields header fields in their order; a name may stand twice
 * @param body its content; empty means none
 * @param certificate the certificate to show in TLS, if one
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
public record Outgoing(
    Move move,
    String method,
    URI url,
    List<Map.Entry<String, String>> fields,
    byte[] body,
    Optional<TestCertificate> certificate) {

  /** Copies the fields. */
  public Outgoing {
    fields = List.copyOf(fields);
    body = body.clone();
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  /** Method and place. */
  @Override
  public String toString() {
    return method + " " + url.getPath();
  }
}
