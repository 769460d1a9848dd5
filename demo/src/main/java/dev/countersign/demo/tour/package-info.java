/**
 * One whole journey through real HTTPS in one process: authorization server, bank, client and a
 * simulated person, every message decoded, then attacks refused before the reader's eyes.
 *
 * <p>Owns the scene, the journey, what must be seen in each kind of message, and how it is shown.
 * What it says of a message it has seen in the message: a requirement is named only where its
 * predicate holds over the real exchange, and where one does not hold the tour fails. Tokens, codes
 * and proofs are shown shortened. Never decides whether a request is good: that the parties do.
 */
@NullMarked
package dev.countersign.demo.tour;

import org.jspecify.annotations.NullMarked;
