/**
 * What is told of a run: in the terminal as it goes, as a page, as JUnit XML and as JSON.
 *
 * <p>Judges nothing: everything that is told stands in the findings.
 */
@NullMarked
package dev.countersign.attacker.report;

import org.jspecify.annotations.NullMarked;
