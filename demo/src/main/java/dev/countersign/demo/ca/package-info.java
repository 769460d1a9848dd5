/**
 * Certificate authorities for demonstrations on this machine: one for a moment, that makes the
 * certificate of the servers and is gone, one that is kept in a folder, for a person to trust once,
 * and those that sign for servers and clients as long as a run lasts.
 *
 * <p>Owns the certificates and the trust in them. Every authority of servers reaches no further
 * than this machine (RFC 5280 section 4.2.1.10), and nothing is installed in the system.
 */
@NullMarked
package dev.countersign.demo.ca;

import org.jspecify.annotations.NullMarked;
