package dev.countersign.protocol.dpop;

import dev.countersign.protocol.oauth.AccessToken;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a proof must be made for.
 *
 * @param htm the method of the request, compared case-sensitively
 * @param htu the URLs under which the endpoint is reached, any of them; at least one, absolute
 * @param token the access token that came with the request
 * @param nonce what is wanted of the nonce
 */
public record DpopExpectation(
    String htm, List<URI> htu, Optional<AccessToken> token, NoncePolicy nonce) {

  /** Refuses an empty method, no URL, or one that is not absolute, as a fault of the caller. */
  public DpopExpectation {
    htu = List.copyOf(htu);
    if (htm.isEmpty()) {
      throw new IllegalArgumentException("DpopExpectation.htm must not be empty (DP-3)");
    }
    if (htu.isEmpty() || !htu.stream().allMatch(DpopExpectation::isHttp)) {
      throw new IllegalArgumentException(
          "DpopExpectation.htu must name at least one URL, all http or https (DP-3)");
    }
  }

  /** The URLs in the form in which they are compared. */
  Set<TargetUri> targets() {
    return htu.stream()
        .map(uri -> TargetUri.parse(uri.toASCIIString()))
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isHttp(URI uri) {
    boolean scheme =
        "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
    return scheme && uri.getRawAuthority() != null;
  }
}
