/**
 * What operators ask a running server, by the client library: grants to see and to end, clients to
 * end.
 *
 * <p>Never: reads the store or the configuration of a server. It may run anywhere.
 */
@NullMarked
package dev.countersign.cli.operator;

import org.jspecify.annotations.NullMarked;
