package dev.countersign.it.vectors;

import dev.countersign.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * One message, and what is to be thought of it.
 *
 * @param name by which people speak of it
 * @param about what is special
 * @param now the time of the verifier, in seconds
 * @param keys those that the verifier knows to be the sender's
 * @param exchange the message, and its request if it is a response
 * @param broken the requirements that may be named by whoever refuses it; none: it is accepted
 * @param base what the FAPI signature is of, where there is one that is accepted
 */
record Vector(
    String name,
    String about,
    long now,
    List<VectorKey> keys,
    Exchange exchange,
    List<String> broken,
    Optional<String> base) {

  Vector {
    keys = List.copyOf(keys);
    broken = List.copyOf(broken);
  }

  boolean isAccepted() {
    return broken.isEmpty();
  }

  JsonObject toJson() {
    return JsonObject.builder()
        .put("name", name)
        .put("about", about)
        .put("verifier", exchange.response().isPresent() ? "client" : "resource-server")
        .put("now", now)
        .put("keys", keys.stream().map(VectorKey::kid).toList())
        .put("request", exchange.request().toJson())
        .put("response", exchange.response().map(Message::toJson))
        .put("signature_base", base)
        .put("verdict", isAccepted() ? "accepted" : "refused")
        .put("requirements", isAccepted() ? Optional.empty() : Optional.of(broken))
        .build();
  }
}
