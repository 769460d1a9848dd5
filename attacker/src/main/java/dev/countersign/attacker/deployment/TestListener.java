package dev.countersign.attacker.deployment;

import java.net.URI;

/**
 * Where the attacker listens.
 *
 * @param host the address to bind, such as {@code 127.0.0.1}
 * @param port 0 to 65535
 * @param url how the target reaches it, such as {@code https://evil.example:9443}
 * @param certificate what it shows in TLS
 */
public record TestListener(String host, int port, URI url, TestCertificate certificate) {}
