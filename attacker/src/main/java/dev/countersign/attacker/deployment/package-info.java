/**
 * What is attacked, and by what means: the deployment, the clients and people that may be used, the
 * hosts that may be reached, how fast and how often.
 *
 * <p>Owns the file that says so and its checks. Never sends anything.
 */
@NullMarked
package dev.countersign.attacker.deployment;

import org.jspecify.annotations.NullMarked;
