/**
 * Grant Management for OAuth 2.0 (draft): what a client asks to be done with a grant, and what the
 * grant management API answers.
 *
 * <p>Never: decides whose a grant is. A {@code grant_id} is public (GM-10-1).
 */
@NullMarked
package dev.countersign.protocol.grants;

import org.jspecify.annotations.NullMarked;
