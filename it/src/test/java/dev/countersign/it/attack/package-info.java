/**
 * The attacker against whole deployments: ours, and one that nobody here wrote.
 *
 * <p>That it finds mistakes where there are some is shown beside the other mutants.
 */
@NullMarked
package dev.countersign.it.attack;

import org.jspecify.annotations.NullMarked;
