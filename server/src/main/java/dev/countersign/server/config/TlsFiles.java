package dev.countersign.server.config;

import java.nio.file.Path;

/**
 * The server's certificate.
 *
 * @param certificate PEM file with the certificate, followed by its chain
 * @param key PEM file with its private key (PKCS #8)
 */
public record TlsFiles(Path certificate, Path key) {}
