/**
 * How the protocol says no: one exception that carries one sealed value.
 *
 * <p>Owns: which rule was broken, its error code, what the other side may read about it and what
 * only the log may hold. Every role maps the value to the wire at one place of its own.
 *
 * <p>Never: holds input, key ids or secrets in what goes out, and never decides between JSON,
 * redirect, challenge and error page.
 */
@NullMarked
package dev.countersign.protocol.refusal;

import org.jspecify.annotations.NullMarked;
