package dev.countersign.protocol.rar.ready;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The members of one object while they are read. What nobody asked for is unknown, and then nothing
 * is read at all: it may say something that bounds the rest. For one thread.
 */
final class Members {
  private final JsonObject json;
  private final Set<String> unread;

  private Members(JsonObject json) {
    this.json = json;
    this.unread = new HashSet<>(json.names());
  }

  /** Makes something of members, all of them. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Members members) throws MalformedJsonException;
  }

  /** Reads one object of a type. */
  static <T> T read(String type, AuthorizationDetail detail, Reader<T> reader)
      throws MalformedJsonException {
    if (!detail.type().equals(type)) {
      throw new MalformedJsonException("type is not " + type);
    }
    return read(detail.json().without("type"), reader);
  }

  /** Reads all objects of a type; those of other types are left alone. */
  static <T> List<T> readAll(String type, AuthorizationDetails details, Reader<T> reader)
      throws MalformedJsonException {
    List<T> all = new ArrayList<>();
    for (AuthorizationDetail detail : details.ofType(type)) {
      all.add(read(type, detail, reader));
    }
    return List.copyOf(all);
  }

  private static <T> T read(JsonObject json, Reader<T> reader) throws MalformedJsonException {
    Members members = new Members(json);
    T made;
    try {
      made = reader.read(members);
    } catch (IllegalArgumentException e) {
      // The bounds of the record; its messages name the component and hold no value.
      throw new MalformedJsonException(String.valueOf(e.getMessage()));
    }
    if (!members.unread.isEmpty()) {
      throw new MalformedJsonException("unknown members " + members.unread);
    }
    return made;
  }

  static <T> T required(String name, Optional<T> member) throws MalformedJsonException {
    return member.orElseThrow(() -> new MalformedJsonException("member " + name + " is missing"));
  }

  Optional<String> string(String name) throws MalformedJsonException {
    unread.remove(name);
    return json.string(name);
  }

  /** In JSON Schema {@code 4.0} is an integer as well. */
  Optional<Integer> integer(String name) throws MalformedJsonException {
    unread.remove(name);
    try {
      return json.number(name).map(BigDecimal::intValueExact);
    } catch (ArithmeticException e) {
      throw new MalformedJsonException("member " + name + " is no integer, or too large");
    }
  }

  Optional<LocalDate> date(String name) throws MalformedJsonException {
    Optional<String> text = string(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(text.get()));
    } catch (DateTimeException e) {
      throw new MalformedJsonException("member " + name + " is no date");
    }
  }

  <T> Optional<T> object(String name, Reader<T> reader) throws MalformedJsonException {
    unread.remove(name);
    Optional<JsonObject> object = json.object(name);
    return object.isPresent() ? Optional.of(read(object.get(), reader)) : Optional.empty();
  }

  <T> Optional<List<T>> objects(String name, Reader<T> reader) throws MalformedJsonException {
    unread.remove(name);
    Optional<List<JsonObject>> objects = json.objects(name);
    if (objects.isEmpty()) {
      return Optional.empty();
    }
    List<T> all = new ArrayList<>();
    for (JsonObject object : objects.get()) {
      all.add(read(object, reader));
    }
    return Optional.of(all);
  }

  <W extends Word> Optional<W> word(String name, W[] known) throws MalformedJsonException {
    Optional<String> text = string(name);
    return text.isPresent() ? Optional.of(word(name, text.get(), known)) : Optional.empty();
  }

  /** None if there is no such member; one without an element is refused. */
  <W extends Word> List<W> words(String name, W[] known) throws MalformedJsonException {
    List<W> words = new ArrayList<>();
    for (String text : strings(name)) {
      words.add(word(name, text, known));
    }
    return words;
  }

  /** The places that it is for; none if it is for any. */
  List<ResourceIndicator> locations() throws MalformedJsonException {
    return strings("locations").stream().map(ResourceIndicator::new).toList();
  }

  private List<String> strings(String name) throws MalformedJsonException {
    unread.remove(name);
    Optional<List<String>> texts = json.strings(name);
    if (texts.filter(List::isEmpty).isPresent()) {
      throw new MalformedJsonException("member " + name + " is empty");
    }
    return texts.orElse(List.of());
  }

  private static <W extends Word> W word(String name, String text, W[] known)
      throws MalformedJsonException {
    return Arrays.stream(known)
        .filter(word -> word.value().equals(text))
        .findFirst()
        .orElseThrow(() -> new MalformedJsonException("member " + name + " has an unknown word"));
  }

  /** The words as an array, or nothing: an empty list is written as no member. */
  static Optional<List<String>> texts(List<? extends Word> words) {
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(words.stream().map(Word::value).toList());
  }

  /** The places as an array, or nothing. */
  static Optional<List<String>> places(List<ResourceIndicator> locations) {
    return locations.isEmpty()
        ? Optional.empty()
        : Optional.of(locations.stream().map(ResourceIndicator::value).toList());
  }
}
