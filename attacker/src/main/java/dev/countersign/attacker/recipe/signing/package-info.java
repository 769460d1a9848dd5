/**
 * Attacks on what is signed: request objects, authorization responses, introspection responses and
 * requests to resources (catalogue S-01 to S-13, ATT-60 to ATT-66).
 */
@NullMarked
package dev.countersign.attacker.recipe.signing;

import org.jspecify.annotations.NullMarked;
