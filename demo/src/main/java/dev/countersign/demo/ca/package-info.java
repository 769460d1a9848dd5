/**
 * A certificate authority for one moment: it makes the certificate of the servers of a
 * demonstration on this machine and is gone.
 *
 * <p>Owns the certificates and the trust in them. Its authority reaches no further than this
 * machine (RFC 5280 section 4.2.1.10), its key is never stored, and nothing is installed in the
 * system.
 */
@NullMarked
package dev.countersign.demo.ca;

import org.jspecify.annotations.NullMarked;
