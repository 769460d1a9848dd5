/**
 * What a recipe is made of: its card, the parties it plays, its steps, and how a step is judged.
 *
 * <p>Owns verdicts, and that none is given without a positive twin: the same request as it should
 * be, which succeeded first. Knows no recipe.
 */
@NullMarked
package dev.countersign.attacker.play;

import org.jspecify.annotations.NullMarked;
