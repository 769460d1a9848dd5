/**
 * Registered clients and their authentication with {@code private_key_jwt}.
 *
 * <p>Sections: RFC 7523, OpenID Connect Core 9, FAPI 2.0 Security Profile 5.3.2.1. Never accepts a
 * public client or a shared secret, and never uses up an assertion: that happens in the store
 * operation of the endpoint, when all is verified.
 */
@NullMarked
package dev.countersign.server.client;

import org.jspecify.annotations.NullMarked;
