package dev.countersign.server.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of messages, {@code messages_de.properties}: UTF-8, a key and a sentence on each line. A
 * sentence is a {@link MessageFormat} in which an apostrophe is just an apostrophe; between braces,
 * where it would depend on the choice, there may be none.
 */
final class MessageFile {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)");
  private static final Pattern QUOTED = Pattern.compile("\\{[^{}]*(\\{[^{}]*}[^{}]*)*'");

  private final String name;
  private final Map<Message, String> patterns = new EnumMap<>(Message.class);
  private final List<String> faults = new ArrayList<>();

  private MessageFile(String name) {
    this.name = name;
  }

  /** How the file of a language is called. */
  static String name(Locale locale) {
    return "messages_" + locale.toLanguageTag() + ".properties";
  }

  /** The file that comes with the server, if it speaks that language. */
  static Optional<MessageFile> builtIn(Locale locale) {
    String name = name(locale);
    try (InputStream in = MessageFile.class.getResourceAsStream(name)) {
      if (in == null) {
        return Optional.empty();
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Optional.of(new MessageFile(name).with(new StringReader(text)));
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read from the artefact", e);
    }
  }

  /** The operator's own file in a folder, if there is one. */
  static Optional<MessageFile> in(Path folder, Locale locale) {
    Path path = folder.resolve(name(locale));
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    MessageFile file = new MessageFile(path.toString());
    try {
      return Optional.of(file.with(new StringReader(Files.readString(path))));
    } catch (CharacterCodingException e) {
      file.faults.add(path + " is not UTF-8 text");
    } catch (IOException e) {
      file.faults.add(path + " cannot be read");
    }
    return Optional.of(file);
  }

  /** What it says. */
  Map<Message, String> patterns() {
    return patterns;
  }

  /** What is wrong with it, a sentence each. */
  List<String> faults() {
    return faults;
  }

  private MessageFile with(Reader text) throws IOException {
    Properties read = new Properties();
    try {
      read.load(text);
    } catch (IllegalArgumentException e) {
      faults.add(name + " has a broken \\u escape");
    }
    new TreeSet<>(read.stringPropertyNames()).forEach(key -> add(key, read.getProperty(key)));
    return this;
  }

  private void add(String key, String text) {
    Optional<Message> message = Message.ofKey(key);
    if (message.isEmpty()) {
      faults.add(name + ": " + key + " is not a message");
      return;
    }
    // MessageFormat would take a lone apostrophe as the beginning of a quotation.
    String pattern = text.replace("'", "''");
    if (text.isBlank() || !isPattern(message.get(), pattern)) {
      faults.add(name + ": " + key + " is empty or has braces that do not fit");
    } else if (!placeholders(text).equals(wanted(message.get()))) {
      faults.add(name + ": " + key + " must have the placeholders " + wanted(message.get()));
    } else if (QUOTED.matcher(text).find()) {
      faults.add(name + ": " + key + " has a ' between braces; write ’ there");
    } else {
      patterns.put(message.get(), pattern);
    }
  }

  /** Filled in as it will be: a number format breaks on a name, and only then. */
  private static boolean isPattern(Message message, String pattern) {
    List<Object> samples = message.counts() ? List.of(1L, 7L) : List.of("name");
    try {
      // A choice inside is a pattern of its own, which is read only when it is filled in.
      MessageFormat format = new MessageFormat(pattern, Locale.ROOT);
      return samples.stream().noneMatch(one -> format.format(new Object[] {one}).isEmpty());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Set<String> placeholders(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      found.add("{" + matcher.group(1) + "}");
    }
    return found;
  }

  private static Set<String> wanted(Message message) {
    Set<String> wanted = new TreeSet<>();
    for (int i = 0; i < message.placeholders(); i++) {
      wanted.add("{" + i + "}");
    }
    return wanted;
  }
}
