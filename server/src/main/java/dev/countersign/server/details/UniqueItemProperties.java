package dev.countersign.server.details;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A keyword that JSON Schema lacks: {@code uniqueItemProperties} names members of which no two
 * objects of an array have the same value. A document that is signed must not stand there twice
 * under two names.
 */
final class UniqueItemProperties extends AbstractKeyword {
  static final String NAME = "uniqueItemProperties";

  UniqueItemProperties() {
    super(NAME);
  }

  @Override
  public KeywordValidator newValidator(
      SchemaLocation location, JsonNode value, Schema around, SchemaContext context) {
    List<JsonNode> names = value.isArray() ? List.copyOf(value.values()) : List.of();
    if (names.isEmpty() || !names.stream().allMatch(JsonNode::isString)) {
      throw new SchemaException(NAME + " must be an array of names of members");
    }
    return new Validator(
        this, names.stream().map(JsonNode::asString).toList(), location, value, around, context);
  }

  /** Looks at one array. */
  private static final class Validator extends BaseKeywordValidator {
    private final List<String> names;

    Validator(
        Keyword keyword,
        List<String> names,
        SchemaLocation location,
        JsonNode value,
        Schema around,
        SchemaContext context) {
      super(keyword, value, location, around, context);
      this.names = names;
    }

    @Override
    public void validate(
        ExecutionContext execution, JsonNode array, JsonNode root, NodePath where) {
      if (array.isArray() && names.stream().anyMatch(name -> isTwice(name, array))) {
        execution.addError(
            error()
                .instanceNode(array)
                .instanceLocation(where)
                .evaluationPath(execution.getEvaluationPath())
                .message("has the same value twice")
                .build());
      }
    }

    private static boolean isTwice(String name, JsonNode array) {
      Set<JsonNode> seen = new HashSet<>();
      return array
          .valueStream()
          .filter(element -> element.has(name))
          .anyMatch(element -> !seen.add(element.get(name)));
    }
  }
}
