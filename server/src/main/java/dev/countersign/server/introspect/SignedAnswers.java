package dev.countersign.server.introspect;

import dev.countersign.protocol.introspection.IntrospectionJwt;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import java.time.Instant;

/**
 * Signs answers for resource servers that want to keep them (RFC 9701).
 *
 * @param key the one that access tokens are signed with
 */
public record SignedAnswers(Jose jose, Issuer issuer, SigningKey key) {

  String sign(ClientId resourceServer, IntrospectionResponse answer, Instant now) {
    return IntrospectionJwt.sign(jose, key, issuer, resourceServer, answer, now);
  }
}
