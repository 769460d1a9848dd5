package dev.countersign.cli;

import dev.countersign.cli.init.NewFile;
import dev.countersign.cli.init.NewFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes folders of new files below another one, over nothing that is there. */
final class FolderWriter {
  private final Path root;

  FolderWriter(Path root) {
    this.root = root;
  }

  /**
   * Writes the files by the name of their folder; the empty name is the root.
   *
   * @throws CommandFailure if one is there already: then nothing is written; or cannot be written
   */
  void write(Map<String, List<NewFile>> folders) throws CommandFailure {
    List<String> taken = new ArrayList<>();
    folders.forEach(
        (name, files) ->
            new NewFolder(root.resolve(name))
                .taken(files.stream().map(NewFile::name))
                .forEach(file -> taken.add(root.resolve(name).resolve(file).toString())));
    if (!taken.isEmpty()) {
      throw refused(taken.getFirst());
    }
    try {
      for (Map.Entry<String, List<NewFile>> folder : folders.entrySet()) {
        new NewFolder(root.resolve(folder.getKey())).write(folder.getValue());
      }
    } catch (FileAlreadyExistsException e) {
      throw refused(String.valueOf(e.getFile()));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE, "The folder " + root + " cannot be written.", e);
    }
  }

  private static CommandFailure refused(String file) {
    return new CommandFailure(
        ExitCode.USAGE, file + " is there already. Choose another --out, or move it away.");
  }
}
