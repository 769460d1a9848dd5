/**
 * HTTP/1.1 and HTTP/2 over strict TLS: reads whole requests within bounds, hands each to a {@link
 * dev.countersign.edge.Handler} on its own virtual thread and writes the answer. Owns the TLS
 * set-up of RFC 9325 (FAPI 2.0 Security Profile sections 5.2.1 to 5.2.3), the size and time limits,
 * and what is answered to requests that are broken below the application.
 *
 * <p>{@link dev.countersign.edge.PlainHttpServer} alone speaks plain HTTP, for the people who run a
 * server and not for its clients. The package knows no OAuth, decodes no path, body or header, and
 * writes neither request targets nor header values nor bodies to a log.
 */
@NullMarked
package dev.countersign.edge;

import org.jspecify.annotations.NullMarked;
