/**
 * Attacks on the authorization code flow: pushed requests, {@code request_uri}, redirect URI, PKCE
 * and the code (catalogue A1-01 to A1-31, ATT-01 to ATT-16).
 */
@NullMarked
package dev.countersign.attacker.recipe.flow;

import org.jspecify.annotations.NullMarked;
