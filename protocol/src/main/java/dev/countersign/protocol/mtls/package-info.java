/**
 * Client certificates (RFC 8705): the certificate as the TLS layer hands it on, its thumbprint in
 * {@code x5t#S256}, and what a registration says of a certificate.
 *
 * <p>Owns what can be said of a certificate alone. Never speaks TLS: whoever hands a certificate in
 * vouches for its key having been proven.
 */
package dev.countersign.protocol.mtls;
