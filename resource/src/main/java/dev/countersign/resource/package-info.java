/**
 * The resource server library (FAPI 2.0 Security Profile section 5.3.4, RFC 9449 section 7).
 *
 * <p>A host hands in a {@link dev.countersign.resource.ResourceRequest} and gets a {@link
 * dev.countersign.resource.Verdict}: admitted, with what the token allows, or refused, with status
 * and headers ready to send. What is admitted can be asked whether its authorization details allow
 * something, and not yet used ({@link dev.countersign.resource.Access#use}, RFC 9396). Whether a
 * token still stands is asked of its issuer (RFC 7662) or known by its revocation feed; opaque
 * tokens are read by asking. Requests may have to be signed, and answers are then, too (FAPI 2.0
 * HTTP Signatures). Knows no HTTP server; never decides what a scope means.
 */
package dev.countersign.resource;
