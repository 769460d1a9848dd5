/** The programs that the documents show, run by {@code SamplesTest}. */
@NullMarked
package dev.countersign.it.samples;

import org.jspecify.annotations.NullMarked;
