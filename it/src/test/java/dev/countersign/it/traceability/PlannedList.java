package dev.countersign.it.traceability;

import dev.countersign.requirement.RequirementId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The list of requirements that wait for a part of the product, and the figure it may not exceed.
 *
 * <p>Both files merge by union, so after a merge a line may stand twice or have come back, and the
 * figure may stand in several lines. {@link #shrink} mends the list; of the figures the lowest
 * counts.
 *
 * @param list a header line, then id and what it waits for
 * @param limit the greatest number of lines below the header
 */
record PlannedList(Path list, Path limit) {

  /** The lines of the list, with its header. */
  List<String> lines() throws IOException {
    return Files.readAllLines(list);
  }

  /** How many requirements wait. */
  int size() throws IOException {
    return lines().size() - 1;
  }

  /** The pinned figure. */
  int max() throws IOException {
    return Files.readAllLines(limit).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .mapToInt(Integer::parseInt)
        .min()
        .orElseThrow(() -> new IllegalStateException(limit + " holds no figure"));
  }

  /** Takes out repeated lines and those whose id is not open any more; lowers the figure. */
  void shrink(Predicate<RequirementId> open) throws IOException {
    Set<String> kept = new LinkedHashSet<>();
    for (String line : lines()) {
      if (kept.isEmpty() || open.test(RequirementId.of(line.split("\t", 2)[0]))) {
        kept.add(line);
      }
    }
    Files.writeString(list, String.join("\n", kept) + "\n");
    Files.writeString(limit, Math.min(max(), size()) + "\n");
  }
}
