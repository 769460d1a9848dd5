/**
 * Registered clients, where their keys are, and their authentication with {@code private_key_jwt}.
 *
 * <p>Sections: RFC 7523, OpenID Connect Core 9, FAPI 2.0 Security Profile 5.3.2.1. Never accepts a
 * public client or a shared secret, and never uses up an assertion: that happens in the store
 * operation of the endpoint, when all is verified. Fetches keys from registered places alone, never
 * from one that a message names.
 */
@NullMarked
package dev.countersign.server.client;

import org.jspecify.annotations.NullMarked;
