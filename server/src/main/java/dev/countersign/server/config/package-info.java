/**
 * The one configuration file, {@code countersign.yaml}, as records.
 *
 * <p>Owns every key, its default, its bounds and the sentences that a person reads when something
 * is wrong: all problems at once, each with file, line, key and a correct example. Never reads the
 * environment, and never lets the server start on a value that it does not understand.
 */
@NullMarked
package dev.countersign.server.config;

import org.jspecify.annotations.NullMarked;
