/**
 * The flow viewer of the demo: a page that shows what goes over the wire as a sequence picture,
 * message by message, and lets the reader break a message to see it refused.
 *
 * <p>Owns what is kept of the exchanges ({@code Flow}), how each is told to a newcomer ({@code
 * Step}, {@code MessageJson}), what may be shown of a value ({@code Secrecy}) and the broken copies
 * ({@code Break}, {@code Forger}, {@code Attacker}). It hears the wire and never decides whether a
 * request is good: a verdict on a break is read from the answer that really came. Never shows a
 * password, a cookie's value or the whole of a secret, and is for the demo alone: it holds the keys
 * of the client and of the attacker.
 */
@NullMarked
package dev.countersign.demo.viewer;

import org.jspecify.annotations.NullMarked;
