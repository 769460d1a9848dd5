package dev.countersign.demo.attacked;

import dev.countersign.protocol.oauth.Issuer;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where everybody is. Each has a port of its own on 127.0.0.1.
 *
 * @param issuer the authorization server
 * @param mtls its second listener, which asks for certificates
 * @param bank the API that tokens are for where none is named
 * @param otherBank a second one
 * @param signedBank a third one, which takes signed requests alone
 * @param app the web application that can be lured
 * @param signingApp a second one, which signs all that it says and takes signed answers alone
 * @param hostile where the attacker will listen; another host than the others, so that a browser
 *     has them as two sites
 */
record Places(
    Issuer issuer,
    URI mtls,
    URI bank,
    URI otherBank,
    URI signedBank,
    URI app,
    URI signingApp,
    URI hostile) {

  /** All APIs, that of most tokens first. */
  List<URI> banks() {
    return List.of(bank, otherBank, signedBank);
  }

  /** All of them as {@code host:port}. */
  Set<String> hosts() {
    return Stream.concat(Stream.of(issuer.uri(), mtls, app, signingApp, hostile), banks().stream())
        .map(place -> place.getHost() + ":" + place.getPort())
        .collect(Collectors.toUnmodifiableSet());
  }
}
