/**
 * Attacks on grants and on what they hold: grants of others, grants that grow or do not shrink, and
 * authorization details that are not what their type says (catalogue A1-47, ATT-80 to ATT-84).
 */
@NullMarked
package dev.countersign.attacker.recipe.grant;

import org.jspecify.annotations.NullMarked;
