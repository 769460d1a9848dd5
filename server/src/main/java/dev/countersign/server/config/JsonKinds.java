package dev.countersign.server.config;

import dev.countersign.protocol.jose.InvalidJwkException;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.config.Kind.WrongValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Values of the file that are JSON objects: key sets and claims. */
final class JsonKinds {
  private static final int MAX_DEPTH = 8;

  private JsonKinds() {}

  /** The public keys of a client, written into the file. */
  static Kind<JwkSet> jwks() {
    return new Kind<>(
        "{keys: [{kty: OKP, crv: Ed25519, kid: k1, x:"
            + " 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo}]}",
        Shape.publicKeys(),
        "",
        node -> keys(object(node)));
  }

  /** The public keys of a client, in a JSON file of their own. */
  static Kind<JwkSet> jwksFile(Path folder, ReadFiles files) {
    Kind<Path> file = Kinds.file(folder, "bank-app.jwks.json");
    return new Kind<>(
        file.example(),
        file.shape(),
        "",
        node -> {
          Path path = file.reader().read(node);
          try {
            return keys(JsonObject.parse(files.read(path)));
          } catch (IOException | MalformedJsonException e) {
            throw new WrongValue("no JSON object can be read from " + path);
          }
        });
  }

  /** What is known about a user, by claim name. */
  static Kind<JsonObject> claims() {
    return new Kind<>(
        "{name: Anna Example, email: anna@example.com}", Shape.claims(), "", JsonKinds::object);
  }

  @Enforces({"SP-5.3.2.1-3", "SP-5.4.1-2", "SP-5.4.2-3"})
  private static JwkSet keys(JsonObject json) throws WrongValue {
    try {
      JwkSet keys = JwkSet.parse(json);
      if (keys.keys().isEmpty()) {
        throw new WrongValue(
            "must hold a public key: RSA of 2048 bits or more, P-256 or Ed25519 (SP-5.3.2.1-3)");
      }
      return keys;
    } catch (InvalidJwkException e) {
      throw new WrongValue("is not a set of public keys: " + e.getMessage());
    }
  }

  /** A section of the file as JSON. */
  static JsonObject object(Node node) throws WrongValue {
    return object(node, 0);
  }

  private static JsonObject object(Node node, int depth) throws WrongValue {
    if (!(node instanceof MappingNode mapping)) {
      throw new WrongValue("must be a section with keys of its own");
    }
    if (depth > MAX_DEPTH) {
      throw new WrongValue("is nested too deeply");
    }
    JsonObject.Builder json = JsonObject.builder();
    Set<String> names = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key) || !names.add(key.getValue())) {
        throw new WrongValue("must have plain keys, each once");
      }
      put(json, key.getValue(), tuple.getValueNode(), depth);
    }
    return json.build();
  }

  private static void put(JsonObject.Builder json, String name, Node value, int depth)
      throws WrongValue {
    switch (value) {
      case MappingNode mapping -> json.put(name, object(mapping, depth + 1));
      case SequenceNode sequence -> putAll(json, name, sequence, depth);
      case ScalarNode scalar when Tag.BOOL.equals(scalar.getTag()) ->
          json.put(name, Boolean.parseBoolean(scalar.getValue()));
      case ScalarNode scalar when isInteger(scalar) ->
          json.put(name, Long.parseLong(scalar.getValue()));
      case ScalarNode scalar when Tag.STR.equals(scalar.getTag()) ->
          json.put(name, scalar.getValue());
      default -> throw new WrongValue("has a value for '" + name + "' that JSON has no place for");
    }
  }

  private static void putAll(JsonObject.Builder json, String name, SequenceNode sequence, int depth)
      throws WrongValue {
    List<String> texts = new ArrayList<>();
    List<JsonObject> objects = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      if (item instanceof ScalarNode scalar) {
        texts.add(scalar.getValue());
      } else {
        objects.add(object(item, depth + 1));
      }
    }
    if (!texts.isEmpty() && !objects.isEmpty()) {
      throw new WrongValue("mixes text and sections in the list '" + name + "'");
    }
    if (objects.isEmpty()) {
      json.put(name, texts);
    } else {
      json.put(name, objects);
    }
  }

  private static boolean isInteger(ScalarNode scalar) {
    return Tag.INT.equals(scalar.getTag()) && scalar.getValue().matches("-?\\d{1,15}");
  }
}
