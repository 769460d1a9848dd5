/**
 * My grants: the page on which a person sees whom they allowed what, and ends it.
 *
 * <p>Routes: {@code GET {issuer}/my-grants} shows it, or the login in front of it, whose form goes
 * to {@code POST {issuer}/my-grants/login}; {@code GET {issuer}/my-grants/end} asks whether a grant
 * shall end, {@code POST} ends it with all that hangs on it (SP-6.8-4). Needs no client's request.
 * Never changes anything by {@code GET}, never takes a form that this browser was not shown, never
 * shows or ends what another person allowed, and never redirects elsewhere.
 */
@NullMarked
package dev.countersign.server.mygrants;

import org.jspecify.annotations.NullMarked;
