package dev.countersign.it.vectors;

import dev.countersign.it.vectors.Message.Request;
import dev.countersign.it.vectors.Message.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Signs by a way of its own, as simple as RFC 9421 section 2.5 can be read. Signatures that differ
 * each time are made once, and taken from those of the last time as long as they are good. For one
 * thread.
 */
final class Scribe {
  private final List<byte[]> known;

  /** A scribe that knows all signatures of the last time. */
  Scribe(List<byte[]> earlier) {
    known = new ArrayList<>(earlier);
  }

  /** A request that is signed as it has to be. */
  Exchange signed(Message request) {
    return signed(Exchange.of(request), Plan.of(request));
  }

  /** An answer that is signed as it has to be. */
  Exchange answered(Message request, Message response) {
    return signed(Exchange.of(request).answered(response), Plan.of(request, response));
  }

  /** The message that is verified, with one more signature. */
  Exchange signed(Exchange exchange, Plan plan) {
    byte[] signature = signature(base(exchange, plan), plan.key());
    return exchange.changed(
        message ->
            message
                .with("Signature-Input", plan.label() + "=" + plan.signatureParams())
                .with("Signature", plan.label() + "=" + sequence(signature)));
  }

  static String sequence(byte[] bytes) {
    return ":" + Base64.getEncoder().encodeToString(bytes) + ":";
  }

  private byte[] signature(String base, VectorKey key) {
    if (key.isDeterministic()) {
      return key.sign(base);
    }
    Optional<byte[]> good =
        known.stream().filter(signature -> key.signed(base, signature)).findFirst();
    if (good.isPresent()) {
      return good.get();
    }
    byte[] signature = key.sign(base);
    known.add(signature);
    return signature;
  }

  /** The text that is signed. */
  static String base(Exchange exchange, Plan plan) {
    StringBuilder base = new StringBuilder();
    for (String identifier : plan.identifiers()) {
      String value = plan.values().get(identifier);
      base.append(identifier).append(": ");
      base.append(value == null ? value(identifier, exchange) : value).append('\n');
    }
    return base.append("\"@signature-params\": ").append(plan.signatureParams()).toString();
  }

  private static String value(String identifier, Exchange exchange) {
    boolean ofRequest = identifier.endsWith(";req");
    Message message = ofRequest ? exchange.request() : exchange.subject();
    String name = identifier.substring(1, identifier.indexOf('"', 1));
    if (!name.startsWith("@")) {
      return message.field(name);
    }
    return switch (message.start()) {
      case Request(String method, String targetUri) -> derived(name, method, URI.create(targetUri));
      case Response(int status) -> {
        if (!name.equals("@status")) {
          throw new AssertionError("a response has no " + name);
        }
        yield Integer.toString(status);
      }
    };
  }

  private static String derived(String name, String method, URI target) {
    return switch (name) {
      case "@method" -> method;
      case "@target-uri" -> target.toString();
      case "@authority" -> target.getRawAuthority();
      case "@path" -> target.getRawPath();
      case "@query" -> "?" + target.getRawQuery();
      default -> throw new AssertionError("a plan must say what " + name + " is");
    };
  }
}
