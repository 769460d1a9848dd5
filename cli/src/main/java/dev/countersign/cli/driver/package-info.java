/**
 * The driver for test plans of clients: it begins at an issuer's URL, runs one flow with the client
 * library and tells each step (FAPI 2.0 Security Profile section 5.3.3).
 *
 * <p>Every check is the library's. The package owns the order of a run, the part of the browser
 * that needs no person, and what a run comes to: success, a stop for a reason, or a refusal. It
 * never prints a token, a code or a key.
 */
@NullMarked
package dev.countersign.cli.driver;

import org.jspecify.annotations.NullMarked;
