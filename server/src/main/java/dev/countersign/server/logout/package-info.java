/**
 * Logout at the authorization server: a page that says who is logged in, and the button that ends
 * it.
 *
 * <p>Routes: {@code GET} and {@code POST {issuer}/logout}. Ends the login of one browser here and
 * nothing else: grants stand, and no client is told. Never ends anything by {@code GET}, never
 * takes a form that this browser was not shown for this very session, and never redirects to a
 * client.
 */
@NullMarked
package dev.countersign.server.logout;

import org.jspecify.annotations.NullMarked;
