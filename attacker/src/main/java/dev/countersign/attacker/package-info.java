/**
 * The FAPI 2.0 Attacker Model, executable: plays the recipes of the catalogues against a live
 * deployment and tells what came of each.
 *
 * <p>Owns the order of the recipes and the run. How a recipe speaks and is judged is in {@code
 * play}, the recipes are in {@code recipe}, what is told in {@code report}.
 */
@NullMarked
package dev.countersign.attacker;

import org.jspecify.annotations.NullMarked;
