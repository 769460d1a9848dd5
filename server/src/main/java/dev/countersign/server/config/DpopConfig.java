package dev.countersign.server.config;

/**
 * Whether proofs must carry a nonce of the server (RFC 9449 sections 8 and 9).
 *
 * @param nonces at the PAR and the token endpoint
 * @param userinfoNonces at userinfo, where the nonce's time then replaces the {@code iat} window
 */
public record DpopConfig(boolean nonces, boolean userinfoNonces) {}
