package dev.countersign.attacker.deployment;

import dev.countersign.protocol.oauth.ClientId;
import java.net.URI;
import java.util.Optional;

/**
 * A client that is lured: a web application that works with the target's authorization server and
 * with the attacker's, which is the {@link TestListener}.
 *
 * @param startHostile begins a flow with the attacker's server: answers a {@code GET}, or the form
 *     that it shows, with a redirect to the authorization endpoint
 * @param startHonest the same with the target's
 * @param callbackHostile where it takes the browser back to from the attacker's server
 * @param callbackHonest the same from the target's
 * @param whoami says who is logged in to this browser session at the client: 200 and a text that
 *     holds the {@code sub}, or anything else if nobody is. If it is JSON, its member {@code jkt}
 *     says to which DPoP key the tokens of this session are bound (the thumbprint of RFC 7638);
 *     without it nobody can tell whether the client has another key for each server
 * @param data shows data that the client reads at the protected resource with the tokens of this
 *     session; if there is such a page
 * @param dataHostile shows what the client reads at the attacker's resource, {@link
 *     #hostileResource}, with the tokens that this session has of the attacker's server: a success
 *     with what the resource answered in it, or anything else if the client does not take the
 *     answer; if there is such a page
 * @param idAtHonest its {@code client_id} at the target
 * @param idAtHostile its {@code client_id} at the attacker's server
 * @param signedResponses whether it takes signed authorization responses (JARM) alone from the
 *     attacker's server
 * @param httpSignatures whether it signs what it asks of the attacker's resource and takes signed
 *     answers alone (HTTP Message Signatures); the key is where the metadata of the resource say
 */
public record ClientUnderTest(
    URI startHostile,
    URI startHonest,
    URI callbackHostile,
    URI callbackHonest,
    URI whoami,
    Optional<URI> data,
    Optional<URI> dataHostile,
    ClientId idAtHonest,
    ClientId idAtHostile,
    boolean signedResponses,
    boolean httpSignatures) {
  /** The path of the attacker's resource at the {@link TestListener}. */
  public static final String RESOURCE_PATH = "/resource";

  /**
   * The attacker's resource, which a client with {@link #dataHostile} reads.
   *
   * @param listener {@link TestListener#url}
   */
  public static URI hostileResource(URI listener) {
    return listener.resolve(RESOURCE_PATH);
  }
}
