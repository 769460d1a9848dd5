package dev.countersign.protocol.structured;

/** A text and how far it was read. For one thread. */
final class Cursor {

  private final String text;
  private int at;

  Cursor(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /** Whether {@code c} comes next. */
  boolean sees(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  /** Steps over {@code c} if it comes next, and says whether it did. */
  boolean skips(char c) {
    boolean seen = sees(c);
    if (seen) {
      at++;
    }
    return seen;
  }

  /** What comes next, which stays unread; NUL, which no field holds, at the end. */
  char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  /**
   * Reads one character.
   *
   * @param reason what is wrong if there is none
   */
  char next(String reason) throws MalformedFieldException {
    if (atEnd()) {
      throw new MalformedFieldException(reason);
    }
    return text.charAt(at++);
  }

  void skipSpaces() {
    while (sees(' ')) {
      at++;
    }
  }

  /** Steps over optional white space: spaces and tabs. */
  void skipWhiteSpace() {
    while (sees(' ') || sees('\t')) {
      at++;
    }
  }

  /** Steps on while the next character is of a class, and gives what was stepped over. */
  String takeWhile(CharacterClass wanted) {
    int start = at;
    while (at < text.length() && wanted.holds(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** A class of characters. */
  @FunctionalInterface
  interface CharacterClass {
    boolean holds(char c);
  }
}
