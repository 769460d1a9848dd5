package dev.countersign.server.config;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.server.client.RegisteredClient;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One file that registers clients, as it was read.
 *
 * @param name what problems call it
 * @param clients all in it if it is right, none otherwise
 * @param lines where each client begins
 * @param problems all that is wrong with it
 * @param read what it was read from, keys in files of their own included
 */
record ClientFile(
    Path path,
    String name,
    List<RegisteredClient> clients,
    Map<ClientId, Integer> lines,
    List<ConfigProblem> problems,
    ReadFiles read) {

  /** A file of {@code clients_dir}: the keys of one client. */
  static ClientFile ofOne(Path path, String name, ClientRules rules) {
    return read(
        path, name, rules, (root, reader) -> reader.read(root).map(List::of).orElse(List.of()));
  }

  /** The main file, of which the clients alone are looked at. */
  static ClientFile ofMain(Path path, String name, ClientRules rules) {
    return read(path, name, rules, ClientReader::readAll);
  }

  private static ClientFile read(
      Path path,
      String name,
      ClientRules rules,
      BiFunction<Section, ClientReader, List<RegisteredClient>> clients) {
    ReadFiles files = new ReadFiles();
    Findings findings = new Findings(name);
    Path folder = Optional.ofNullable(path.getParent()).orElse(path);
    ClientReader reader = new ClientReader(folder, rules, files);
    try {
      Node root = ConfigFile.compose(name, ConfigFile.text(files.read(path)));
      List<RegisteredClient> all = clients.apply(new Section(findings, root, ""), reader);
      List<RegisteredClient> right = findings.count() == 0 ? all : List.of();
      return new ClientFile(path, name, right, reader.lines(), findings.problems(), files);
    } catch (ConfigException e) {
      return new ClientFile(path, name, List.of(), Map.of(), e.problems(), files);
    } catch (CharacterCodingException e) {
      return broken(path, name, "is not UTF-8 text", files);
    } catch (IOException e) {
      return broken(path, name, "cannot be read: no permission, or it is gone", files);
    }
  }

  private static ClientFile broken(Path path, String name, String fault, ReadFiles files) {
    ConfigProblem problem = new ConfigProblem(name, 0, "", fault, "");
    return new ClientFile(path, name, List.of(), Map.of(), List.of(problem), files);
  }

  boolean isRight() {
    return problems.isEmpty();
  }

  /** That a client of it is also one of another file. */
  ConfigProblem taken(ClientId id, String other) {
    int line = lines.getOrDefault(id, 0);
    return new ConfigProblem(
        name, line, "client_id", "'" + id + "' belongs to a client of " + other + " already", "");
  }
}
