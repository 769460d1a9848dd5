package dev.countersign.server.config;

import dev.countersign.protocol.rar.DetailType;
import dev.countersign.server.config.Kind.WrongValue;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.server.details.TypeDefinition;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The key that says which types of authorization details there are, and their files. */
final class DetailTypesReader {
  static final String KEY = "authorization_details_types";

  private final Path folder;
  private final ReadFiles files = new ReadFiles();

  DetailTypesReader(Path folder) {
    this.folder = folder;
  }

  /**
   * Where a type comes from.
   *
   * @param text as it stands in the configuration
   * @param file its file; empty: it comes with the product
   */
  private record Source(String text, Optional<Path> file) {}

  /** All that are right; what is wrong with a file is told as the file's problem. */
  ReadTypes read(Section root) {
    int before = root.problems();
    Map<String, TypeDefinition> types = new LinkedHashMap<>();
    for (Source source :
        root.list(
            KEY,
            kind(),
            "none",
            "The types of authorization details that clients can ask for (RFC 9396): names of those"
                + " that come with the product ("
                + String.join(", ", DetailType.READY)
                + "), and files of your own. They are read at the start.")) {
      read(root, source)
          .filter(type -> types.putIfAbsent(type.name(), type) != null)
          .ifPresent(
              type -> root.problem(KEY, "has the type '" + type.name() + "' more than once", ""));
    }
    return new ReadTypes(new DetailTypes(types.values()), root.problems() == before);
  }

  private Kind<Source> kind() {
    Kind<Path> file = Kinds.file(folder, "types/energy.yaml");
    return new Kind<>(
        "payment_initiation, types/energy.yaml",
        Shape.text(),
        "What ends in `.json`, `.yaml` or `.yml` is a file.",
        node -> {
          String text = Kinds.text(node);
          if (DetailTypeFile.isNamedBy(text)) {
            return new Source(text, Optional.of(file.reader().read(node)));
          }
          if (!DetailType.READY.contains(text)) {
            throw new WrongValue(
                "must be a file (.json, .yaml or .yml) or one of: "
                    + String.join(", ", DetailType.READY));
          }
          return new Source(text, Optional.empty());
        });
  }

  private Optional<TypeDefinition> read(Section root, Source source) {
    if (source.file().isEmpty()) {
      return Optional.of(TypeDefinition.ready(source.text()));
    }
    try {
      return Optional.of(DetailTypeFile.read(source.text(), source.file().get(), files));
    } catch (ConfigException e) {
      root.problemsElsewhere(e.problems());
      return Optional.empty();
    }
  }
}
