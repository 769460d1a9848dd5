/**
 * What {@code countersign rules} knows: the catalogue of requirements, where each is enforced, and
 * which tests show it.
 *
 * <p>Owns the index of places, a resource that the build writes from the sources and a test keeps
 * true ({@code traces.tsv}), because the download holds neither sources nor tests. Changes nothing.
 */
@NullMarked
package dev.countersign.cli.rules;

import org.jspecify.annotations.NullMarked;
