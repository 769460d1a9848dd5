package dev.countersign.attacker.deployment;

import dev.countersign.attacker.deployment.Kind.WrongValue;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
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

/** A part of the file as the JSON that it says, with the bounds of JSON. */
final class YamlJson {
  private YamlJson() {}

  /**
   * The object that a node is.
   *
   * @throws WrongValue for what JSON has no place for, with the place
   */
  static JsonObject object(Node node) throws WrongValue {
    if (!(node instanceof MappingNode mapping)) {
      throw new WrongValue("must be a section with keys of its own");
    }
    try {
      return JsonObject.parse(mapping(mapping).toBytes());
    } catch (MalformedJsonException e) {
      throw new WrongValue("is no JSON that a server would read: " + e.reason());
    }
  }

  private static JsonObject mapping(MappingNode mapping) throws WrongValue {
    JsonObject.Builder json = JsonObject.builder();
    Set<String> names = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = name(tuple, names);
      json.putValue(name, value(tuple.getValueNode()));
    }
    return json.build();
  }

  /** The name of a member, which must not stand among those before it. */
  static String name(NodeTuple tuple, Set<String> names) throws WrongValue {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      throw new WrongValue(tuple.getKeyNode(), "a key must be plain text");
    }
    if (!names.add(key.getValue())) {
      throw new WrongValue(key, "'" + key.getValue() + "' stands here twice; keep one of them");
    }
    return key.getValue();
  }

  private static Object value(Node node) throws WrongValue {
    return switch (node) {
      case MappingNode mapping -> mapping(mapping);
      case SequenceNode sequence -> {
        List<Object> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
          elements.add(value(element));
        }
        yield elements;
      }
      case ScalarNode text when Tag.STR.equals(text.getTag()) -> text.getValue();
      case ScalarNode scalar -> literal(scalar);
      default -> throw new WrongValue(node, "is nothing that JSON has a place for");
    };
  }

  /** What is no text in YAML must be written as JSON writes it: 0x10 and .inf are not. */
  private static Object literal(ScalarNode scalar) throws WrongValue {
    try {
      return JsonObject.parse("{\"value\":" + scalar.getValue() + "}").value("value").orElseThrow();
    } catch (MalformedJsonException _) {
      throw new WrongValue(
          scalar, "is no number, true, false or null as JSON writes them; put quotes around text");
    }
  }
}
