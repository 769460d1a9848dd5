package dev.countersign.demo.ca;

/**
 * The folder of an authority cannot be used. The message is one sentence or two for the person who
 * started the program: what is wrong, and what to do.
 */
public final class UnusableFolderException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableFolderException(String sentence) {
    super(sentence);
  }

  UnusableFolderException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
