package dev.countersign.it.fuzz;

/**
 * Whether a text is one JSON object by the grammar of RFC 8259, written down once more: the library
 * behind our reader cannot be asked whether it is right. Of a deeper text than 100 levels nothing
 * is said.
 */
final class JsonGrammar {
  private static final int DEEPEST = 100;

  private final String text;
  private int at;

  private JsonGrammar(String text) {
    this.text = text;
  }

  /** That a text is none. */
  private static final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException() {
      super(null, null, false, false);
    }
  }

  static boolean isObject(String text) {
    JsonGrammar grammar = new JsonGrammar(text);
    try {
      grammar.space();
      grammar.object(1);
      grammar.space();
      return grammar.at == text.length();
    } catch (MalformedException no) {
      return false;
    }
  }

  private void object(int depth) {
    step('{');
    space();
    if (skip('}')) {
      return;
    }
    do {
      space();
      string();
      space();
      step(':');
      value(depth);
    } while (skip(','));
    step('}');
  }

  private void array(int depth) {
    step('[');
    space();
    if (skip(']')) {
      return;
    }
    do {
      value(depth);
    } while (skip(','));
    step(']');
  }

  private void value(int depth) {
    if (depth > DEEPEST) {
      throw new MalformedException();
    }
    space();
    switch (peek()) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
    space();
  }

  private void string() {
    step('"');
    while (!skip('"')) {
      char c = next();
      if (c < 0x20) {
        throw new MalformedException();
      }
      if (c == '\\') {
        escape();
      }
    }
  }

  private void escape() {
    char c = next();
    if (c == 'u') {
      for (int i = 0; i < 4; i++) {
        if ("0123456789abcdefABCDEF".indexOf(next()) < 0) {
          throw new MalformedException();
        }
      }
    } else if ("\"\\/bfnrt".indexOf(c) < 0) {
      throw new MalformedException();
    }
  }

  private void number() {
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
  }

  private void digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw new MalformedException();
    }
  }

  private void word(String word) {
    word.chars().forEach(c -> step((char) c));
  }

  private void space() {
    while (" \t\r\n".indexOf(peek()) >= 0) {
      at++;
    }
  }

  private boolean skip(char c) {
    if (peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  private void step(char c) {
    if (!skip(c)) {
      throw new MalformedException();
    }
  }

  private char next() {
    if (at == text.length()) {
      throw new MalformedException();
    }
    return text.charAt(at++);
  }

  /** The character that comes next; one that JSON never has where a token begins at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\uFFFF';
  }
}
