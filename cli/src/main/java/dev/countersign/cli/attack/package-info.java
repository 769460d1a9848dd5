/**
 * What {@code countersign attack} does beside the attack: it chooses recipes, keeps what they came
 * to in case the run ends early, and writes the files of the report.
 *
 * <p>Attacks nothing and judges nothing.
 */
@NullMarked
package dev.countersign.cli.attack;

import org.jspecify.annotations.NullMarked;
