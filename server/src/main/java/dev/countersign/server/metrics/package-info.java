/**
 * What is counted and timed, by Micrometer: requests and refusals, clients' clocks, the store, the
 * certificate, the process. docs/operations.md has the table of all names.
 *
 * <p>Owns the names and their labels. A label's value comes from our code and never from input, so
 * that no client can make the tables grow: there is no client identifier among them. The only
 * package that knows Micrometer; where the numbers go is the application's choice.
 */
@NullMarked
package dev.countersign.server.metrics;

import org.jspecify.annotations.NullMarked;
