/**
 * Fuzzing: every way by which the text of others reaches us is a {@link
 * dev.countersign.it.fuzz.Target}, with real messages to begin with and with what must hold of
 * whatever it takes. Jazzer breeds inputs from them by the code that they reach, for a moment in
 * every build and for as long as one likes by hand. What it found is a named test beside the code
 * that was wrong.
 */
@NullMarked
package dev.countersign.it.fuzz;

import org.jspecify.annotations.NullMarked;
