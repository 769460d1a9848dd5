/**
 * The grant management API: a client asks what a grant of its allows, or ends it.
 *
 * <p>Sections: Grant Management for OAuth 2.0 (draft) section 6. Routes: {@code GET} and {@code
 * DELETE {issuer}/grants/{grant_id}}, while the configuration has it. Never lists grants, never
 * shows a token, and never says whether a grant of another client is there.
 */
@NullMarked
package dev.countersign.server.grants;

import org.jspecify.annotations.NullMarked;
