/** Attacks by who stands between, below OAuth: HTTP and TLS (catalogue A2). */
@NullMarked
package dev.countersign.attacker.recipe.network;

import org.jspecify.annotations.NullMarked;
