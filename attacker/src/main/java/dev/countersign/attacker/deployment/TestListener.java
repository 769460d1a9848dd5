package dev.countersign.attacker.deployment;

import java.net.URI;
import java.util.Optional;

/**
 * Where the attacker listens.
 *
 * @param host the address to bind, such as {@code 127.0.0.1}
 * @param port 0 to 65535
 * @param url how the target reaches it, such as {@code https://evil.example:9443}
 * @param certificate what it shows in TLS
 * @param ofOtherHost one that is good but for another host, of an authority that clients trust
 * @param expired one that was good once, of such an authority
 */
public record TestListener(
    String host,
    int port,
    URI url,
    TestCertificate certificate,
    Optional<TestCertificate> ofOtherHost,
    Optional<TestCertificate> expired) {}
