/**
 * What a message is and what is seen in it: an exchange taken apart, who signed what in it, what
 * must be seen in each kind of message, and how its values are shown.
 *
 * <p>What it says of a message it has seen in the message: a requirement is named only where its
 * predicate holds over the real exchange. Tokens, codes and proofs are shown shortened. Never
 * decides whether a request is good: that the parties do.
 */
@NullMarked
package dev.countersign.demo.story;

import org.jspecify.annotations.NullMarked;
