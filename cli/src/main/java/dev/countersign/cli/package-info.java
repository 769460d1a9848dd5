/**
 * The {@code countersign} command: what people type, what they read, and exit codes.
 *
 * <p>Owns the choice of the crypto provider, once and for one process, and where logs go. Errors
 * are one plain sentence on standard error and never a stack trace. Holds no rule of the protocol.
 */
@NullMarked
package dev.countersign.cli;

import org.jspecify.annotations.NullMarked;
