package dev.countersign.server.config;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.server.client.RegisteredClient;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that register clients, as they were read last: the main file, and in {@code
 * clients_dir} one for each client. Immutable; {@link #reread} gives what they say now.
 *
 * <p>What a file said when it was right last stays in effect while it is not right, or while it
 * says something of a client that another file registers. A file that is gone takes its clients
 * with it.
 */
public final class ClientFiles {

  /**
   * What of a file is in effect.
   *
   * @param seen the file as it was read last
   * @param standing its clients in effect
   * @param problems why that is not what it says; empty if it is
   */
  private record Entry(
      ClientFile seen, List<RegisteredClient> standing, List<ConfigProblem> problems) {}

  private final Optional<Path> main;
  private final Optional<Path> folder;
  private final ClientRules rules;
  private final SequencedMap<Path, Entry> entries;
  private final Optional<ConfigProblem> unlisted;

  private ClientFiles(
      Optional<Path> main,
      Optional<Path> folder,
      ClientRules rules,
      SequencedMap<Path, Entry> entries,
      Optional<ConfigProblem> unlisted) {
    this.main = main;
    this.folder = folder;
    this.rules = rules;
    this.entries = entries;
    this.unlisted = unlisted;
  }

  /** No files: clients that come from elsewhere never change. */
  public static ClientFiles none() {
    return new ClientFiles(
        Optional.empty(),
        Optional.empty(),
        ClientRules.atStart(List.of(), List.of(), ReadTypes.NONE, ClientCertificateConfig.NONE),
        new LinkedHashMap<>(),
        Optional.empty());
  }

  /**
   * The files as they are at a start.
   *
   * @param main the main file as it was read; empty if there is none that could change
   * @param folder {@code clients_dir}, if there is one
   */
  static ClientFiles read(Optional<ClientFile> main, Optional<Path> folder, ClientRules rules) {
    SequencedMap<Path, Entry> nothing = new LinkedHashMap<>();
    ClientFiles before =
        new ClientFiles(main.map(ClientFile::path), folder, rules, nothing, Optional.empty());
    List<ClientFile> seen = new ArrayList<>(main.stream().toList());
    Optional<ConfigProblem> unlisted = before.list(seen);
    return before.with(seen, unlisted);
  }

  /**
   * The same files for a server that runs: it has the signing keys that these clients need, and
   * makes no other before its next start.
   *
   * @param standard what it signs with by default
   * @param resourceServers whose ids are no clients'
   */
  ClientFiles whileRunning(SignatureAlgorithm standard, List<RegisteredClient> resourceServers) {
    Set<SignatureAlgorithm> signing = EnumSet.of(standard);
    Stream.concat(clients().stream(), resourceServers.stream())
        .map(RegisteredClient::algorithmsOfServer)
        .forEach(signing::addAll);
    Set<ClientId> others =
        resourceServers.stream().map(RegisteredClient::id).collect(Collectors.toUnmodifiableSet());
    return new ClientFiles(main, folder, rules.whileRunning(signing, others), entries, unlisted);
  }

  /** What they are judged by. */
  ClientRules rules() {
    return rules;
  }

  /** The clients that are in effect, in the order of their files; no two have one id. */
  public List<RegisteredClient> clients() {
    return entries.values().stream().map(Entry::standing).flatMap(List::stream).toList();
  }

  /** Why some files are not in effect as they are; empty if all are. */
  public List<ConfigProblem> problems() {
    List<ConfigProblem> problems = new ArrayList<>(unlisted.stream().toList());
    entries.values().forEach(entry -> problems.addAll(entry.problems()));
    return List.copyOf(problems);
  }

  /** What the files say now; this very object if that is nothing new. */
  public ClientFiles reread() {
    List<ClientFile> seen = new ArrayList<>();
    main.ifPresent(path -> seen.add(look(path, name(path), ClientFile::ofMain)));
    Optional<ConfigProblem> now = list(seen);
    boolean same =
        now.equals(unlisted)
            && seen.size() == entries.size()
            && seen.stream().allMatch(this::isKnown);
    return same ? this : with(seen, now);
  }

  private boolean isKnown(ClientFile file) {
    return Optional.ofNullable(entries.get(file.path()))
        .filter(entry -> entry.seen().equals(file))
        .isPresent();
  }

  /** How a file is read. */
  private interface Reading {
    ClientFile read(Path path, String name, ClientRules rules);
  }

  /** A file, read anew if it says something else than it did. */
  private ClientFile look(Path path, String name, Reading reading) {
    return Optional.ofNullable(entries.get(path))
        .map(Entry::seen)
        .filter(seen -> seen.read().areAsRead())
        .orElseGet(() -> reading.read(path, name, rules));
  }

  /** Adds the files of the folder, those of before if it cannot be listed, which is told then. */
  private Optional<ConfigProblem> list(List<ClientFile> seen) {
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try {
      for (Path path : registrations(folder.get())) {
        seen.add(look(path, name(folder.get()) + "/" + name(path), ClientFile::ofOne));
      }
      return Optional.empty();
    } catch (IOException e) {
      entries.values().stream()
          .map(Entry::seen)
          .filter(file -> !main.equals(Optional.of(file.path())))
          .forEach(seen::add);
      return Optional.of(
          new ConfigProblem(name(folder.get()), 0, "clients_dir", "cannot be listed", ""));
    }
  }

  /**
   * Hidden ones are left out: editors and volumes of orchestrators put their own there. So is what
   * is no file: a pipe would hold up whoever reads it. A link to nothing is told of.
   */
  private static Collection<Path> registrations(Path folder) throws IOException {
    Map<String, Path> byName = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
      for (Path file : files) {
        if (!name(file).startsWith(".") && (Files.isRegularFile(file) || Files.notExists(file))) {
          byName.put(name(file), file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return byName.values();
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private ClientFiles with(List<ClientFile> seen, Optional<ConfigProblem> nowUnlisted) {
    SequencedMap<Path, Entry> next = new LinkedHashMap<>();
    seen.forEach(file -> next.put(file.path(), new Entry(file, List.of(), List.of())));
    Map<ClientId, String> owners = new HashMap<>();
    // Who is there already keeps an id: a newcomer cannot take it away.
    for (ClientFile file : seen) {
      List<RegisteredClient> before = standing(file);
      if (!file.isRight() || file.clients().equals(before)) {
        next.put(file.path(), new Entry(file, own(before, file, owners), file.problems()));
      }
    }
    for (ClientFile file : seen) {
      if (file.isRight() && !file.clients().equals(standing(file))) {
        next.put(file.path(), newcomer(file, owners));
      }
    }
    return new ClientFiles(main, folder, rules, next, nowUnlisted);
  }

  private List<RegisteredClient> standing(ClientFile file) {
    return Optional.ofNullable(entries.get(file.path())).map(Entry::standing).orElse(List.of());
  }

  private Entry newcomer(ClientFile file, Map<ClientId, String> owners) {
    List<ConfigProblem> taken = taken(file, file.clients(), owners);
    if (taken.isEmpty()) {
      return new Entry(file, own(file.clients(), file, owners), List.of());
    }
    List<RegisteredClient> before = standing(file);
    boolean free = taken(file, before, owners).isEmpty();
    return new Entry(file, free ? own(before, file, owners) : List.of(), taken);
  }

  private static List<ConfigProblem> taken(
      ClientFile file, List<RegisteredClient> clients, Map<ClientId, String> owners) {
    return clients.stream()
        .map(RegisteredClient::id)
        .filter(owners::containsKey)
        .map(id -> file.taken(id, String.valueOf(owners.get(id))))
        .toList();
  }

  private static List<RegisteredClient> own(
      List<RegisteredClient> clients, ClientFile file, Map<ClientId, String> owners) {
    clients.forEach(client -> owners.put(client.id(), file.name()));
    return clients;
  }
}
