/**
 * The whole journey over real HTTPS: authorization server with the embedded store, client library,
 * a resource behind the resource library, a person with a browser.
 *
 * <p>Owns: what only shows when all of them run together, secrets above all. Nothing in it is
 * simulated but the person; what one endpoint does with one request is tested beside that endpoint.
 */
package dev.countersign.it.journey;
