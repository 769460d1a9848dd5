/**
 * Shows that the tests of the rules are no decoration: code that enforces a rule is broken on
 * purpose, and a test that names the rule has to fail.
 *
 * <p>{@link dev.countersign.it.mutation.ProtocolMutationTest} lets PIT break the rules about single
 * messages; rules about the wire, whose tests need a server, have seeded mutants. No mutant is ever
 * part of what is shipped.
 */
@NullMarked
package dev.countersign.it.mutation;

import org.jspecify.annotations.NullMarked;
