/**
 * Clients that register themselves: the registration endpoint (RFC 7591, {@code /register}) and the
 * client configuration endpoint (RFC 7592, {@code /register/} and the client's id).
 *
 * <p>Owns: what the metadata of a client means here, its answer, and who may read and change it.
 * The rules of a client itself are those of the files, in {@code config}. Never fetches anything
 * but the keys of those whose software statements are trusted, and never keeps a token, only its
 * digest.
 */
@NullMarked
package dev.countersign.server.register;

import org.jspecify.annotations.NullMarked;
