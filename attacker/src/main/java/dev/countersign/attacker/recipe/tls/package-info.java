/**
 * Attacks of the network: old TLS, weak suites, plain HTTP, certificates (catalogue A2-01 to
 * A2-04).
 */
@NullMarked
package dev.countersign.attacker.recipe.tls;

import org.jspecify.annotations.NullMarked;
