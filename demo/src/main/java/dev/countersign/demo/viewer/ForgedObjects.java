package dev.countersign.demo.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.demo.scene.Scene;
import dev.countersign.demo.story.Details;
import dev.countersign.demo.story.Evidence;
import dev.countersign.demo.story.SeenJwt;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jar.RequestObject;
import dev.countersign.protocol.jarm.ResponseJwt;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.pkce.CodeVerifier;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes other authorization requests and responses of those that were heard. */
final class ForgedObjects {
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  /** Of the JWT, and no parameters of the request in it. */
  private static final Set<String> OF_JWT = Set.of("iss", "aud", "iat", "nbf", "exp", "jti");

  private final Scene scene;

  ForgedObjects(Scene scene) {
    this.scene = scene;
  }

  /**
   * The form with another parameter; where the request is signed it is in the object, which the
   * client's own key signs anew.
   */
  Form with(Evidence pushed, String name, String value) {
    return pushed
        .requestObject()
        .map(object -> of(pushed, put(object.claims(), name, value)))
        .orElseGet(() -> Forger.with(pushed.form(), name, value));
  }

  /** The same without some. */
  Form without(Evidence pushed, Set<String> names) {
    return pushed
        .requestObject()
        .map(
            object -> {
              JsonObject claims = object.claims();
              for (String name : names) {
                claims = claims.without(name);
              }
              return of(pushed, claims);
            })
        .orElseGet(() -> Forger.without(pushed.form(), names));
  }

  private Form of(Evidence pushed, JsonObject claims) {
    Instant now = scene.stage().clock().instant();
    JsonObject fresh =
        put(claims, "jti", Jti.random(scene.stage().random()).value())
            .without("iat")
            .without("nbf")
            .without("exp")
            .toBuilder()
            .put("iat", now.getEpochSecond())
            .put("nbf", now.getEpochSecond())
            .put("exp", now.plus(LIFETIME).getEpochSecond())
            .build();
    JsonObject header = JsonObject.builder().put("typ", "oauth-authz-req+jwt").build();
    return Forger.with(
        pushed.form(),
        RequestObject.PARAMETER,
        scene.stage().jose().sign(header, fresh, scene.clientKey()));
  }

  private static JsonObject put(JsonObject claims, String name, String value) {
    JsonObject.Builder changed = claims.without(name).toBuilder();
    List<JsonObject> objects =
        name.equals(AuthorizationDetails.NAME) ? Details.parse(value) : List.of();
    return (objects.isEmpty() ? changed.put(name, value) : changed.put(name, objects)).build();
  }

  /** The request in the object as the parameters of a form. */
  static Form plain(Evidence pushed) {
    Form.Builder form = Form.builder();
    Form outside = Forger.without(pushed.form(), Set.of(RequestObject.PARAMETER, "client_id"));
    outside.names().forEach(name -> form.add(name, outside.value(name)));
    pushed.asked().names().stream()
        .filter(name -> !OF_JWT.contains(name))
        .forEach(name -> form.add(name, pushed.asked().value(name)));
    return form.build();
  }

  /** The object with another claim, and the signature that it had. */
  static Form changed(Evidence pushed, String name, String value) {
    SeenJwt object = required(pushed.requestObject());
    return Forger.with(pushed.form(), RequestObject.PARAMETER, underOld(object, name, value));
  }

  /** The response that the browser brought with another code, and the signature that it had. */
  Form altered(Evidence callback) {
    SeenJwt response = required(callback.deliveredJwt());
    String code = CodeVerifier.random(scene.stage().random()).reveal();
    return Forger.with(callback.form(), ResponseJwt.PARAMETER, underOld(response, "code", code));
  }

  private static String underOld(SeenJwt jwt, String name, String value) {
    String[] parts = jwt.compact().split("\\.", -1);
    String claims = put(jwt.claims(), name, value).toJson();
    return parts[0]
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
        + "."
        + parts[2];
  }

  private static SeenJwt required(Optional<SeenJwt> jwt) {
    return jwt.orElseThrow(() -> new IllegalStateException("the message is not signed"));
  }
}
