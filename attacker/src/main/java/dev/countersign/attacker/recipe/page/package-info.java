/**
 * Attacks on the pages of the authorization server: login, consent, errors, and what their answers
 * say to a browser (catalogue A1-12, A1-33 to A1-41, A1-48).
 */
@NullMarked
package dev.countersign.attacker.recipe.page;

import org.jspecify.annotations.NullMarked;
