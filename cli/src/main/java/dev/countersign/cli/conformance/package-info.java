/**
 * What the OpenID Foundation's conformance suite needs to test this product: for each variant of
 * its FAPI 2.0 Security Profile plans a folder with the server's configuration and the plan's, or
 * the plan's and what {@code conformance-client} is started with.
 *
 * <p>Owns the variants, the keys and certificates of the two clients, and what the suite's browser
 * does on the pages of the server. Everything is made up and fresh: for tests only. The suite
 * itself is not part of the product; the names of its plans, parameters and members are its own.
 */
@NullMarked
package dev.countersign.cli.conformance;

import org.jspecify.annotations.NullMarked;
