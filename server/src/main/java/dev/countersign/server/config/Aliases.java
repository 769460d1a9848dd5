package dev.countersign.server.config;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * How large a document is when each of its aliases is what it stands for. A short file can so be
 * larger than any memory, or never end; whoever reads values would notice only then.
 */
final class Aliases {
  /** Our choice: more than a file of 4 MiB needs. */
  private static final int MOST = 1_000_000;

  /** The size of every node that was seen, {@link Size#UNKNOWN} while it is counted. */
  private final IdentityHashMap<Node, Size> sizes = new IdentityHashMap<>();

  private final int deepest;

  private Aliases(int deepest) {
    this.deepest = deepest;
  }

  /** That a document is not to be read. */
  static final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Node where;

    TooLargeException(Node where, String fault) {
      super(fault);
      this.where = where;
    }

    /** The place where it became too large. */
    Node where() {
      return where;
    }
  }

  private record Size(int nodes, int depth) {
    private static final Size LEAF = new Size(1, 0);
    // Every node is at least itself.
    private static final Size UNKNOWN = new Size(0, 0);
  }

  /**
   * Gives the document back.
   *
   * @param deepest how deep it may be nested with its aliases
   * @throws TooLargeException if it is nested deeper, holds itself, or has more than 1000000 values
   */
  static Node bounded(Node root, int deepest) throws TooLargeException {
    new Aliases(deepest).size(root);
    return root;
  }

  /** An alias names what stands before it, so that this goes no deeper than the text does. */
  private Size size(Node node) throws TooLargeException {
    Size known = sizes.get(node);
    if (known != null && known.equals(Size.UNKNOWN)) {
      throw new TooLargeException(node, "is nested too deeply: it holds itself");
    }
    if (known != null) {
      return known;
    }
    sizes.put(node, Size.UNKNOWN);
    Size size = Size.LEAF;
    for (Node child : children(node)) {
      Size more = size(child);
      size = new Size(size.nodes() + more.nodes(), Math.max(size.depth(), more.depth() + 1));
      if (size.nodes() > MOST) {
        throw new TooLargeException(node, "has more than 1000000 values with all its aliases");
      }
      if (size.depth() > deepest) {
        throw new TooLargeException(node, "is nested too deeply");
      }
    }
    sizes.put(node, size);
    return size;
  }

  private static List<Node> children(Node node) {
    return switch (node) {
      case MappingNode mapping ->
          mapping.getValue().stream()
              .flatMap(tuple -> Stream.of(tuple.getKeyNode(), tuple.getValueNode()))
              .toList();
      case SequenceNode sequence -> sequence.getValue();
      default -> List.of();
    };
  }
}
