/**
 * Authorization requests that their client signed (JAR, RFC 9101; FAPI 2.0 Message Signing section
 * 5.3).
 *
 * <p>Owns the request object in both directions and every check on it alone, and how parameters
 * become JSON and text again. What is asked for is judged by {@code authorization}, as if it had
 * come unsigned. Never fetches an object, never decrypts one, and takes none that is not signed.
 */
@NullMarked
package dev.countersign.protocol.jar;

import org.jspecify.annotations.NullMarked;
