package dev.countersign.demo.story;

import java.util.List;

/**
 * A signed object.
 *
 * @param what for example {@code DPoP proof}
 * @param algorithm the JOSE name
 * @param signer whose key verified it
 * @param key the beginning of the key's thumbprint; empty if nobody is known for it
 * @param claims the claims that tell something
 */
public record Signed(
    String what, String algorithm, String signer, String key, List<Detail> claims) {

  /** Copies the list. */
  public Signed {
    claims = List.copyOf(claims);
  }
}
