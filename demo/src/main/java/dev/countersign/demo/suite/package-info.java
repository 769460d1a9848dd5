/**
 * The API that a conformance suite calls with the tokens it was given, in the process of the
 * authorization server.
 *
 * <p>Owns one resource, which answers whoever is let in, a person's client or a client on its own.
 * Its listener asks for a certificate and insists on none, so that one address serves tokens bound
 * to a key and tokens bound to a certificate. Whether a request may come in is judged by {@link
 * dev.countersign.resource.ResourceServer} alone.
 */
@NullMarked
package dev.countersign.demo.suite;

import org.jspecify.annotations.NullMarked;
