/**
 * A Jakarta Servlet filter in front of protected resources (FAPI 2.0 Security Profile section
 * 5.3.4; FAPI 2.0 HTTP Signatures section 5.3).
 *
 * <p>Owns the way from a servlet request to {@link dev.countersign.resource.ResourceServer} and
 * back to the answer. Reads a body and keeps an answer where they are signed, and only there; it
 * decides nothing that the core does not.
 */
@NullMarked
package dev.countersign.resource.servlet;

import org.jspecify.annotations.NullMarked;
