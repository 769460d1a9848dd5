/**
 * Attacks at the token and revocation endpoints with what leaked: whole requests, codes, refresh
 * tokens (catalogue A5-02 to A5-09, ATT-47, ATT-48, ATT-56).
 */
@NullMarked
package dev.countersign.attacker.recipe.token;

import org.jspecify.annotations.NullMarked;
