package dev.countersign.server.config;

/**
 * Where the server listens; what clients see is the issuer.
 *
 * @param host name or address of an interface
 * @param port 0 to 65535; 0 picks a free one
 */
public record ListenAddress(String host, int port) {}
