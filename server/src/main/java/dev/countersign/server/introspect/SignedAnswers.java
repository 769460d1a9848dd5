package dev.countersign.server.introspect;

import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.keys.SigningKeys;
import java.time.Instant;

/**
 * Signs answers for resource servers that want to keep them (RFC 9701), by the algorithm that each
 * is registered for.
 *
 * @param keys of all these algorithms
 * @param algorithm for resource servers that registered none
 */
public record SignedAnswers(
    Jose jose, Issuer issuer, SigningKeys keys, SignatureAlgorithm algorithm) {

  @Enforces({"MS-5.5.1-1", "9701-3", "9701-9"})
  String sign(RegisteredClient resourceServer, IntrospectionResponse answer, Instant now) {
    SignatureAlgorithm own =
        resourceServer.messageSigning().introspectionAlgorithm().orElse(algorithm);
    return IntrospectionJwt.sign(jose, keys.key(own), issuer, resourceServer.id(), answer, now);
  }
}
