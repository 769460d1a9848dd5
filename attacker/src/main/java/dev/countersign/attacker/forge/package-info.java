/**
 * Keys, signatures and certificates as an attacker makes them: real ones, by algorithms that must
 * not be taken, or in the name of somebody else. Sends nothing.
 */
@NullMarked
package dev.countersign.attacker.forge;

import org.jspecify.annotations.NullMarked;
