/**
 * Attacks on the registration of clients by themselves: names of others, tokens of others, keys
 * that were replaced, and metadata that lead the server or its people astray (catalogue A1-43,
 * A1-45, A1-46, ATT-39, ATT-85, J-18).
 *
 * <p>Whatever is registered here is deleted at the end of its recipe, where the server allows that.
 */
@NullMarked
package dev.countersign.attacker.recipe.registration;

import org.jspecify.annotations.NullMarked;
