/**
 * What the tests of several modules stand on: a certificate and the trust in it, a clock that they
 * set, an HTTPS server that answers by script, the log as it was written.
 *
 * <p>Used by tests only. It knows the messages of the protocol and nothing above them, and holds
 * nothing that only one module wants.
 */
@NullMarked
package dev.countersign.testkit;

import org.jspecify.annotations.NullMarked;
