package dev.countersign.cli.init;

/**
 * A file to be written. The text form shows the name only: the content may be a private key.
 *
 * @param name its name in the folder; may lead through folders below, divided by slashes
 * @param secret whether nobody but the owner may read it
 * @param content its text
 * @param about what a person must know of it, in a few words
 */
public record NewFile(String name, boolean secret, String content, String about) {
  /** The same file in a folder of that name, or in none if that is empty. */
  public NewFile in(String folder) {
    return folder.isEmpty() ? this : new NewFile(folder + "/" + name, secret, content, about);
  }

  @Override
  public String toString() {
    return "NewFile[" + name + "]";
  }
}
