/**
 * What the endpoint tests stand on: a whole server on real HTTPS with a clock that tests set, and
 * clients that can get every byte of a request wrong.
 */
package dev.countersign.server.kit;
