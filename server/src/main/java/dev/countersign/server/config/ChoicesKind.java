package dev.countersign.server.config;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.server.config.Kind.WrongValue;
import dev.countersign.server.details.Choice;
import dev.countersign.server.text.LocalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What a user can choose from at consent: lists of labels and values, each list with a name. */
final class ChoicesKind {
  private static final String LABEL = "label";
  private static final String VALUE = "value";
  private static final Kind<LocalText> TEXT = PageKinds.localText("Current account");

  private ChoicesKind() {}

  static Kind<Map<String, List<Choice>>> choices() {
    return new Kind<>(
        "{accounts: [{label: Current account, value: {iban: DE02120300000000202051}}]}",
        Shape.mapOf(Shape.listOf(Shape.choice(TEXT.shape()), 0)),
        "",
        ChoicesKind::read);
  }

  private static Map<String, List<Choice>> read(Node node) throws WrongValue {
    if (!(node instanceof MappingNode mapping)) {
      throw new WrongValue("must be a section with keys of its own");
    }
    Map<String, List<Choice>> choices = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = Kinds.text(tuple.getKeyNode());
      if (choices.put(name, list(name, tuple.getValueNode())) != null) {
        throw new WrongValue("must have plain keys, each once");
      }
    }
    return choices;
  }

  private static List<Choice> list(String name, Node node) throws WrongValue {
    if (!(node instanceof SequenceNode sequence)) {
      throw new WrongValue("must have a list at '" + name + "'");
    }
    List<Choice> list = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      Choice choice = choice(name, item);
      if (list.stream().anyMatch(other -> other.value().equals(choice.value()))) {
        throw new WrongValue("has a value twice at '" + name + "'");
      }
      list.add(choice);
    }
    return list;
  }

  private static Choice choice(String name, Node node) throws WrongValue {
    Optional<LocalText> label = Optional.empty();
    Optional<JsonObject> value = Optional.empty();
    if (node instanceof MappingNode mapping && mapping.getValue().size() == 2) {
      for (NodeTuple tuple : mapping.getValue()) {
        switch (tuple.getKeyNode()) {
          case ScalarNode key when key.getValue().equals(LABEL) ->
              label = Optional.of(TEXT.reader().read(tuple.getValueNode()));
          case ScalarNode key when key.getValue().equals(VALUE) ->
              value = Optional.of(JsonKinds.object(tuple.getValueNode()));
          default -> {
            // Said below: one of the two is missing then.
          }
        }
      }
    }
    if (label.isEmpty() || value.isEmpty()) {
      throw new WrongValue(
          "must have label and value, and no other key, in each entry of '" + name + "'");
    }
    return new Choice(label.get(), value.get());
  }
}
