/**
 * Minting: access tokens (RFC 9068), ID tokens (OpenID Connect Core 2), refresh tokens, and the
 * decisions for which resource and scope a token is (RFC 8707) and which claims about a person a
 * client may know. Also what this server reads of its own tokens, and who is let in by them at its
 * own resources.
 *
 * <p>Never issues a token without audience or without a sender constraint, and never hands out what
 * the store has not kept.
 */
@NullMarked
package dev.countersign.server.issue;

import org.jspecify.annotations.NullMarked;
