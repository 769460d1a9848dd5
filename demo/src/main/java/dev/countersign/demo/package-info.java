/**
 * A bank, its client and a simulated user in one process.
 *
 * <p>The packages below are what the commands of the application show: the bank's API, the
 * certificates of one run, and the tour.
 */
@NullMarked
package dev.countersign.demo;

import org.jspecify.annotations.NullMarked;
