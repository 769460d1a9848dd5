package dev.countersign.server.config;

/** What holds where a key is left out. */
public sealed interface Absence {

  /** The same in words, for a table. */
  String words();

  /** It must not be left out. */
  record Refused() implements Absence {
    @Override
    public String words() {
      return "must be given";
    }
  }

  /**
   * It must not be left out together with another one, unless a third says that neither is needed.
   *
   * @param other the key that may stand in its place
   * @param unless the third key
   * @param value what the third key then says
   */
  record InPlaceOf(String other, String unless, String value) implements Absence {
    @Override
    public String words() {
      return "this or `" + other + "`, unless `" + unless + "` is `" + value + "`";
    }
  }

  /**
   * A value that then holds.
   *
   * @param yaml the value as the file would have it
   */
  record Standard(String yaml) implements Absence {
    @Override
    public String words() {
      return "`" + yaml + "`";
    }
  }

  /**
   * Something else.
   *
   * @param words what; empty for a section, whose keys speak for themselves
   */
  record Means(String words) implements Absence {}
}
