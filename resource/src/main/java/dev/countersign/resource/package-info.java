/**
 * The resource server library (FAPI 2.0 Security Profile section 5.3.4, RFC 9449 section 7).
 *
 * <p>A host hands in a {@link dev.countersign.resource.ResourceRequest} and gets a {@link
 * dev.countersign.resource.Verdict}: admitted, with what the token allows, or refused, with status
 * and headers ready to send. Knows no HTTP server; never decides what a scope means.
 */
package dev.countersign.resource;
