package dev.countersign.server.config;

import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML document as the JSON that it says, whole: read again by the strict reader of JSON, so that
 * both spellings of a file mean the same and have the same bounds.
 */
final class YamlJson {
  private final String file;

  private YamlJson(String file) {
    this.file = file;
  }

  /**
   * The object that a document is.
   *
   * @param file what problems call it
   * @throws ConfigException for what JSON has no place for, with the line
   */
  static JsonObject object(String file, Node node, JsonLimits limits)
      throws ConfigException, MalformedJsonException {
    YamlJson yaml = new YamlJson(file);
    if (!(node instanceof MappingNode mapping)) {
      throw yaml.wrong(node, "must be a section with keys of its own");
    }
    return JsonObject.parse(yaml.mapping(mapping).toBytes(), limits);
  }

  /** The line of a place, from 1, or of what is next around it; 0 if it is not known. */
  static int line(Node root, JsonPointer place) {
    Node node = root;
    int line = Findings.line(root);
    for (String token : place.tokens()) {
      switch (node) {
        case MappingNode mapping -> {
          for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(token)) {
              line = Findings.line(key);
              node = tuple.getValueNode();
              break;
            }
          }
        }
        case SequenceNode sequence when token.matches("[0-9]{1,6}") -> {
          int index = Integer.parseInt(token);
          if (index < sequence.getValue().size()) {
            node = sequence.getValue().get(index);
            line = Findings.line(node);
          }
        }
        default -> {}
      }
    }
    return line;
  }

  private JsonObject mapping(MappingNode mapping) throws ConfigException {
    JsonObject.Builder json = JsonObject.builder();
    List<String> names = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw wrong(tuple.getKeyNode(), "a key must be plain text");
      }
      if (names.contains(key.getValue())) {
        throw wrong(key, "stands here twice; keep one of them");
      }
      names.add(key.getValue());
      json.putValue(key.getValue(), value(tuple.getValueNode()));
    }
    return json.build();
  }

  private Object value(Node node) throws ConfigException {
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
      default -> throw wrong(node, "is nothing that JSON has a place for");
    };
  }

  /** What is no text in YAML must be written as JSON writes it: 0x10 and .inf are not. */
  private Object literal(ScalarNode scalar) throws ConfigException {
    try {
      return JsonObject.parse("{\"value\":" + scalar.getValue() + "}").value("value").orElseThrow();
    } catch (MalformedJsonException e) {
      throw wrong(scalar, "is no number, true, false or null as JSON writes them");
    }
  }

  private ConfigException wrong(Node node, String fault) {
    return new ConfigException(
        List.of(new ConfigProblem(file, Findings.line(node), "", fault, "")));
  }
}
