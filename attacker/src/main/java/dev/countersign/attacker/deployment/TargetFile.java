package dev.countersign.attacker.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the YAML file that describes a deployment to attack. Its keys are explained by {@link
 * TargetKeys}; unknown ones are refused. No password needs to stand in it: texts that are typed
 * into forms and the initial access token may take environment variables, by <code>${NAME}</code>.
 */
public final class TargetFile {
  private static final int MAX_BYTES = 1024 * 1024;

  private TargetFile() {}

  /**
   * The target of a file: UTF-8, at most 1 MiB. Relative paths in it start at its folder.
   *
   * @throws InvalidTargetException with all faults that were found
   */
  public static Target read(Path file) throws InvalidTargetException {
    return read(file, name -> Optional.ofNullable(System.getenv(name)));
  }

  /**
   * As {@link #read(Path)}.
   *
   * @param environment the value of an environment variable, if it is set
   * @throws InvalidTargetException with all faults that were found
   */
  public static Target read(Path file, Function<String, Optional<String>> environment)
      throws InvalidTargetException {
    String name = String.valueOf(file.getFileName());
    Path path = file.toAbsolutePath();
    Path folder = Optional.ofNullable(path.getParent()).orElse(path);
    Findings findings = new Findings(name);
    Section root = new Section(findings, YamlText.compose(name, text(name, path)), "");
    return new TargetReader(new Kinds(folder, environment))
        .read(root)
        .orElseThrow(() -> new InvalidTargetException(findings.faults()));
  }

  private static String text(String name, Path path) throws InvalidTargetException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] utf8 = in.readNBytes(MAX_BYTES + 1);
      if (utf8.length > MAX_BYTES) {
        throw YamlText.broken(name, 0, "is larger than 1 MiB", "");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException _) {
      throw YamlText.broken(name, 0, "is not UTF-8 text", "");
    } catch (IOException _) {
      throw YamlText.broken(
          name, 0, "cannot be read: no such file, or no permission (" + path + ")", "");
    }
  }
}
