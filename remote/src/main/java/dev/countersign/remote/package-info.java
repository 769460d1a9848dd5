/**
 * Documents and answers of other parties, fetched over HTTPS with limits: metadata and key sets
 * (RFC 8414, RFC 7517), and the one exchange that every outgoing request goes through.
 *
 * <p>Owns the TLS settings of outgoing connections (Security Profile section 5.2, RFC 9325), the
 * bounds on time and size, which addresses a document may come from, and the caching of documents.
 * Never follows a redirect, never speaks plain HTTP, never takes a URL from a header of a token.
 */
@NullMarked
package dev.countersign.remote;

import org.jspecify.annotations.NullMarked;
