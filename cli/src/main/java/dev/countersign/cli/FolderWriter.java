package dev.countersign.cli;

import dev.countersign.cli.init.NewFile;
import dev.countersign.cli.init.NewFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes folders of new files below another one, over nothing that is there. */
final class FolderWriter {
  private final Path root;

  FolderWriter(Path root) {
    this.root = root;
  }

  /**
   * Writes all the files or none.
   *
   * @param folders the files by the name of their folder; the empty name is the root
   * @throws CommandFailure if one is there already, or cannot be written
   */
  void write(Map<String, List<NewFile>> folders) throws CommandFailure {
    List<NewFile> files =
        folders.entrySet().stream()
            .flatMap(folder -> folder.getValue().stream().map(file -> file.in(folder.getKey())))
            .toList();
    NewFolder target = new NewFolder(root);
    List<String> taken = target.taken(files.stream().map(NewFile::name));
    if (!taken.isEmpty()) {
      throw refused(root.resolve(taken.getFirst()).toString());
    }
    try {
      target.write(files);
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
