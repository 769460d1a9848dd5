package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.play.Jwt;
import dev.countersign.protocol.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the attacker's server does otherwise than it should.
 *
 * @param metadata a change of its metadata
 * @param forward where its authorization endpoint sends the browser, in place of the client
 * @param answer a change of the parameters that it sends the browser back with
 * @param callback where it sends the browser back to, in place of the redirect URI
 * @param signed a change of the signed response (JARM), where the client asked for one
 * @param tokens a change of what its token endpoint answers
 * @param idToken a change of its ID tokens
 */
record Script(
    UnaryOperator<JsonObject> metadata,
    Optional<URI> forward,
    UnaryOperator<List<Map.Entry<String, String>>> answer,
    Optional<URI> callback,
    UnaryOperator<Jwt> signed,
    UnaryOperator<JsonObject> tokens,
    UnaryOperator<Jwt> idToken) {

  /** All as it should be. */
  static final Script RIGHT =
      new Script(
          UnaryOperator.identity(),
          Optional.empty(),
          UnaryOperator.identity(),
          Optional.empty(),
          UnaryOperator.identity(),
          UnaryOperator.identity(),
          UnaryOperator.identity());

  static Script metadata(String name, Object value) {
    return metadata(document -> with(document, name, value));
  }

  static Script metadata(UnaryOperator<JsonObject> change) {
    return new Script(
        change,
        RIGHT.forward,
        RIGHT.answer,
        RIGHT.callback,
        RIGHT.signed,
        RIGHT.tokens,
        RIGHT.idToken);
  }

  static Script forward(URI to) {
    return new Script(
        RIGHT.metadata,
        Optional.of(to),
        RIGHT.answer,
        RIGHT.callback,
        RIGHT.signed,
        RIGHT.tokens,
        RIGHT.idToken);
  }

  static Script answer(UnaryOperator<List<Map.Entry<String, String>>> change) {
    return new Script(
        RIGHT.metadata,
        RIGHT.forward,
        change,
        RIGHT.callback,
        RIGHT.signed,
        RIGHT.tokens,
        RIGHT.idToken);
  }

  static Script signed(UnaryOperator<Jwt> change) {
    return new Script(
        RIGHT.metadata,
        RIGHT.forward,
        RIGHT.answer,
        RIGHT.callback,
        change,
        RIGHT.tokens,
        RIGHT.idToken);
  }

  static Script tokens(UnaryOperator<JsonObject> change) {
    return new Script(
        RIGHT.metadata,
        RIGHT.forward,
        RIGHT.answer,
        RIGHT.callback,
        RIGHT.signed,
        change,
        RIGHT.idToken);
  }

  static Script idToken(UnaryOperator<Jwt> change) {
    return new Script(
        RIGHT.metadata,
        RIGHT.forward,
        RIGHT.answer,
        RIGHT.callback,
        RIGHT.signed,
        RIGHT.tokens,
        change);
  }

  /** The browser goes back there. */
  Script backTo(URI place) {
    return new Script(metadata, forward, answer, Optional.of(place), signed, tokens, idToken);
  }

  /** An object with another value of a member. */
  static JsonObject with(JsonObject object, String name, Object value) {
    return object.without(name).toBuilder().putValue(name, value).build();
  }
}
