package dev.countersign.attacker.play;

import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.Outgoing;
import dev.countersign.attacker.wire.Texts;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.Issuer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The authorization server under attack, as its metadata says it is.
 *
 * @param issuer as the target file names it
 * @param metadata the document
 */
public record Server(Issuer issuer, JsonObject metadata) {

  /** Where a browser goes with a request, in the metadata. */
  public static final String AUTHORIZATION = "authorization_endpoint";

  /** Where requests are pushed, in the metadata. */
  public static final String PAR = "pushed_authorization_request_endpoint";

  /** Where tokens are asked for, in the metadata. */
  public static final String TOKEN = "token_endpoint";

  /**
   * Asks a server for its metadata: at the path of OpenID Connect Discovery, then at that of RFC
   * 8414. It must be of this issuer (RFC 8414 section 3.3), and requests must not go to it in
   * clear.
   *
   * @throws IOException if there is none; it says why for each place
   */
  public static Server discover(Issuer issuer, Line line) throws IOException {
    List<String> faults = new ArrayList<>();
    for (URI url : places(issuer)) {
      Answer answer =
          line.send(new Outgoing(Move.OTHER, "GET", url, List.of(), new byte[0], Optional.empty()));
      Optional<JsonObject> document = answer.isSuccess() ? answer.json() : Optional.empty();
      Optional<String> fault =
          document.isPresent() ? fault(document.get(), issuer) : Optional.of(unusable(answer));
      if (document.isPresent() && fault.isEmpty()) {
        return new Server(issuer, document.get());
      }
      fault.ifPresent(why -> faults.add(url + " " + why));
    }
    throw new IOException("no metadata: " + String.join("; ", faults));
  }

  private static String unusable(Answer answer) {
    if (answer.closed().isPresent()) {
      return "closed the connection (" + answer.closed().get() + ")";
    }
    if (answer.isRedirect()) {
      return "redirects, which is not followed: the issuer must be where its metadata is";
    }
    if (!answer.isSuccess()) {
      return "answered " + answer.brief();
    }
    return answer.isCut() ? "is larger than 1 MiB" : "is not a JSON object";
  }

  private static Optional<String> fault(JsonObject metadata, Issuer issuer) {
    String named = string(metadata, "issuer").orElse("");
    if (!named.equals(issuer.value())) {
      return Optional.of(
          "names "
              + (named.isEmpty() ? "no issuer" : "the issuer " + Texts.oneLine(named, 200))
              + ", and the target file "
              + issuer.value()
              + " (RFC 8414 section 3.3)");
    }
    Server server = new Server(issuer, metadata);
    return Stream.of(AUTHORIZATION, PAR, TOKEN)
        .flatMap(
            name ->
                Stream.concat(server.endpoint(name).stream(), server.alias(name).stream())
                    .filter(url -> !"https".equalsIgnoreCase(url.getScheme()))
                    .map(
                        url ->
                            "names the "
                                + name
                                + " "
                                + Texts.oneLine(url.toString(), 200)
                                + ", which is not https, and nothing is sent in clear"))
        .findFirst();
  }

  /** Where the metadata of an issuer may be. */
  public static List<URI> places(Issuer issuer) {
    URI uri = issuer.uri();
    String path = uri.getRawPath() == null || uri.getRawPath().equals("/") ? "" : uri.getRawPath();
    String origin = uri.getScheme() + "://" + uri.getRawAuthority();
    return List.of(
        URI.create(origin + path + "/.well-known/openid-configuration"),
        URI.create(origin + "/.well-known/oauth-authorization-server" + path));
  }

  /** An endpoint by its name in the metadata. */
  public Optional<URI> endpoint(String name) {
    return string(metadata, name).flatMap(Server::url);
  }

  /** The same for a client that shows a certificate (RFC 8705 section 5). */
  public Optional<URI> alias(String name) {
    return aliases().flatMap(those -> string(those, name)).flatMap(Server::url);
  }

  /**
   * An endpoint that the server must have.
   *
   * @throws NotApplicableException if it has none
   */
  public URI need(String name, boolean byCertificate) throws NotApplicableException {
    Optional<URI> alias = byCertificate ? alias(name) : Optional.empty();
    return alias
        .or(() -> endpoint(name))
        .orElseThrow(() -> new NotApplicableException("the server has no " + name));
  }

  /** A list of strings in the metadata; empty if there is none. */
  public List<String> strings(String name) {
    try {
      return metadata.strings(name).orElse(List.of());
    } catch (MalformedJsonException e) {
      return List.of();
    }
  }

  /** A truth value in the metadata; false if there is none. */
  public boolean says(String name) {
    try {
      return metadata.bool(name).orElse(false);
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  private Optional<JsonObject> aliases() {
    try {
      return metadata.object("mtls_endpoint_aliases");
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> string(JsonObject object, String name) {
    try {
      return object.string(name);
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private static Optional<URI> url(String text) {
    try {
      return Optional.of(URI.create(text)).filter(uri -> uri.getHost() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
