package dev.countersign.client;

import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.requirement.Enforces;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.util.UUID;

/** What every request says about its flow (Implementation Advice section 2.2). */
record CallContext(FapiInteractionId interactionId, EndUserPresent endUserPresent) {

  /** A new flow: a version 4 UUID from the given source. */
  static CallContext fresh(SecureRandom random, EndUserPresent endUserPresent) {
    long most = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
    long least = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new CallContext(new FapiInteractionId(new UUID(most, least)), endUserPresent);
  }

  @Enforces({"IA-2.2.1-1", "IA-2.2.2-1", "IA-2.2.2-3"})
  HttpRequest.Builder mark(HttpRequest.Builder request) {
    return request
        .setHeader(FapiInteractionId.HEADER, interactionId.value())
        .setHeader(EndUserPresent.HEADER, endUserPresent.toHeader());
  }
}
