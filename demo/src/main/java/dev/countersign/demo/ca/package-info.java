/**
 * Certificate authorities for demonstrations on this machine: one for a moment, that makes the
 * certificate of the servers and is gone, and one that is kept in a folder, for a person to trust
 * once.
 *
 * <p>Owns the certificates and the trust in them. Every authority reaches no further than this
 * machine (RFC 5280 section 4.2.1.10), and nothing is installed in the system.
 */
@NullMarked
package dev.countersign.demo.ca;

import org.jspecify.annotations.NullMarked;
