/**
 * What {@code countersign init} writes: a first deployment, with fresh keys and a commented
 * configuration.
 *
 * <p>Owns the files and who may read them. Overwrites nothing, and leaves all of the files behind
 * or none. The certificate it makes is to start with; it signs itself and nothing else.
 */
@NullMarked
package dev.countersign.cli.init;

import org.jspecify.annotations.NullMarked;
