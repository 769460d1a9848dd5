package dev.countersign.server.kit;

import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jarm.ResponseJwt;
import dev.countersign.protocol.jarm.ResponseVerifier;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.InvalidJwtException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AuthorizationCode;
import java.net.URI;
import java.util.Set;
import org.jsoup.nodes.Element;

/**
 * A signed authorization response on its way to the client.
 *
 * @param target where it goes: the redirect URI
 * @param parameters what it brings there: the one parameter, or it fails
 */
public record SignedAnswer(String target, Form parameters) {
  /** Fails if anything stands beside the JWT. */
  public SignedAnswer {
    if (!parameters.names().equals(Set.of(ResponseJwt.PARAMETER))) {
      throw new AssertionError("not the response alone: " + parameters);
    }
  }

  /** The answer as its mode brings it to a redirect URI; the rest of that stays as it is. */
  public static SignedAnswer of(Reply reply, ResponseMode mode, String redirectUri) {
    return switch (mode) {
      case QUERY -> throw new AssertionError("not signed");
      case JWT, QUERY_JWT ->
          behind(reply, redirectUri + (redirectUri.indexOf('?') < 0 ? "?" : "&"), redirectUri);
      case FRAGMENT_JWT -> behind(reply, redirectUri + "#", redirectUri);
      case FORM_POST_JWT -> posted(reply);
    };
  }

  private static SignedAnswer behind(Reply reply, String start, String redirectUri) {
    String location = reply.header("Location").orElse("");
    if (reply.status() != 303
        || reply.response().body().length > 0
        || !location.startsWith(start)) {
      throw new AssertionError(reply.status() + " " + location + reply.text());
    }
    return new SignedAnswer(redirectUri, Form.parseQuery(location.substring(start.length())));
  }

  private static SignedAnswer posted(Reply reply) {
    Shown page = new Shown(URI.create("https://nowhere.example"), reply);
    Element form = page.document().selectFirst("form");
    if (reply.status() != 200 || form == null || reply.header("Location").isPresent()) {
      throw new AssertionError(reply.status() + reply.text());
    }
    Form.Builder fields = Form.builder();
    page.fields().pairs().forEach(field -> fields.add(field.getKey(), field.getValue()));
    return new SignedAnswer(form.attr("action"), fields.build());
  }

  /** The JWT. */
  public String jwt() {
    return parameters.required(ResponseJwt.PARAMETER);
  }

  /** Its claims. */
  public JsonObject claims() {
    return RawJwt.claims(jwt());
  }

  /** Its header. */
  public JsonObject header() {
    try {
      return CompactJws.parse(jwt(), 32_768).header();
    } catch (InvalidJwtException e) {
      throw new AssertionError(e);
    }
  }

  /** What it says to a client that checks all of it by the published keys. */
  public AuthorizationResponse verified(TestServer server, TestClient client) {
    try {
      JwkSet keys = JwkSet.parse(server.get(server.url("/jwks")).json());
      return new ResponseVerifier(server.jose(), TestServer.ISSUER, client.id())
          .open(parameters, server.now())
          .verify(keys);
    } catch (InvalidJwkException e) {
      throw new AssertionError(e);
    }
  }

  /** The code that it brings to a client. */
  public AuthorizationCode code(TestServer server, TestClient client) {
    if (verified(server, client) instanceof AuthorizationResponse.Success success) {
      return success.code();
    }
    throw new AssertionError("no code: " + claims().toJson());
  }
}
