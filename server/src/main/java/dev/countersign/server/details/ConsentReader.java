package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.details.ConsentTemplate.Choose;
import dev.countersign.server.details.ConsentTemplate.Row;
import dev.countersign.server.text.LocalText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code consent} section of a type. For one section. */
final class ConsentReader {
  private static final String MEMBER = "member";
  private static final String LABEL = "label";
  private static final String FORMAT = "format";
  private static final String WORDS = "words";
  private static final String EACH = "each";
  private static final String ABSENT = "absent";

  private final JsonObject json;
  private final SchemaMembers schema;

  ConsentReader(JsonObject json, SchemaMembers schema) {
    this.json = json;
    this.schema = schema;
  }

  @Enforces({"RAR-3.1-1"})
  ConsentTemplate read() throws MalformedJsonException {
    requireKeys(json, "consent", "title", "text", "rows", "choose", "hidden");
    List<Row> rows = new ArrayList<>();
    for (JsonObject row : json.objects("rows").orElse(List.of())) {
      rows.add(row(row));
    }
    Optional<Choose> choose = choose();
    Map<MemberPath, String> hidden = hidden();
    Set<MemberPath> members = schema.all();
    requireAllShown(members, rows, hidden);
    return new ConsentTemplate(
        text(json, "title"),
        json.has("text") ? Optional.of(text(json, "text")) : Optional.empty(),
        rows,
        choose,
        hidden,
        json,
        Optional.empty());
  }

  private Row row(JsonObject row) throws MalformedJsonException {
    requireKeys(row, "consent.rows", MEMBER, LABEL, FORMAT, WORDS, EACH, ABSENT);
    MemberPath member = MemberPath.parse(string(row, MEMBER));
    boolean each = string(row, FORMAT).equals(EACH);
    if (row.has(EACH) && !each) {
      throw new MalformedJsonException("consent.rows: each belongs to the format each");
    }
    return new Row(
        member,
        text(row, LABEL),
        each ? each(row, member) : format(row, member),
        row.has(ABSENT) ? Optional.of(text(row, ABSENT)) : Optional.empty());
  }

  private Format each(JsonObject row, MemberPath member) throws MalformedJsonException {
    List<Format.Each.Part> parts = new ArrayList<>();
    for (JsonObject part : row.objects(EACH).orElse(List.of())) {
      requireKeys(part, "consent.rows.each", MEMBER, FORMAT, WORDS);
      MemberPath inside = MemberPath.parse(string(part, MEMBER));
      MemberPath whole = member.child(MemberPath.EACH).below(inside);
      parts.add(new Format.Each.Part(inside, format(part, whole)));
    }
    if (parts.isEmpty()) {
      throw new MalformedJsonException("consent.rows: each is missing or empty");
    }
    return new Format.Each(parts);
  }

  private Format format(JsonObject row, MemberPath member) throws MalformedJsonException {
    Format format = format(string(row, FORMAT), row, member);
    if (!row.has(WORDS) || format instanceof Format.Words) {
      return format;
    }
    throw new MalformedJsonException("consent.rows: words belong to the format words");
  }

  private Format format(String name, JsonObject row, MemberPath member)
      throws MalformedJsonException {
    return switch (name) {
      case "text" -> new Format.Text();
      case "amount" -> new Format.Amount();
      case "iban" -> new Format.Iban();
      case "date" -> new Format.Date();
      case "datetime" -> new Format.DateTime();
      case "period" -> new Format.Period();
      case "document" -> new Format.Document();
      case WORDS -> words(row, member);
      default ->
          throw new MalformedJsonException(
              "consent.rows: format must be text, amount, iban, date, datetime, period, words,"
                  + " document or, for a row, each");
    };
  }

  private Format words(JsonObject row, MemberPath member) throws MalformedJsonException {
    JsonObject words =
        row.object(WORDS)
            .orElseThrow(() -> new MalformedJsonException("consent.rows: words is missing"));
    Map<String, LocalText> texts = new LinkedHashMap<>();
    for (String word : words.names()) {
      texts.put(word, text(words, word));
    }
    for (String word : schema.words(member)) {
      if (!texts.containsKey(word)) {
        throw new MalformedJsonException("consent.rows: " + member + " has no text for " + word);
      }
    }
    return new Format.Words(texts);
  }

  private Optional<Choose> choose() throws MalformedJsonException {
    Optional<JsonObject> choose = json.object("choose");
    if (choose.isEmpty()) {
      return Optional.empty();
    }
    requireKeys(choose.get(), "consent.choose", MEMBER, "from", LABEL, "many");
    MemberPath member = MemberPath.parse(string(choose.get(), MEMBER));
    boolean many =
        choose
            .get()
            .bool("many")
            .orElseThrow(() -> new MalformedJsonException("consent.choose: many is missing"));
    if (member.segments().size() > 1) {
      throw new MalformedJsonException("consent.choose: member must be one of the detail itself");
    }
    if (schema.all().stream().noneMatch(one -> one.isWithin(member))
        || schema.isArray(member) != many) {
      throw new MalformedJsonException(
          "consent.choose: member must be an array in the schema if many, else an object");
    }
    return Optional.of(
        new Choose(member.first(), string(choose.get(), "from"), text(choose.get(), LABEL), many));
  }

  private Map<MemberPath, String> hidden() throws MalformedJsonException {
    Map<MemberPath, String> hidden = new LinkedHashMap<>();
    JsonObject listed = json.object("hidden").orElseGet(() -> JsonObject.builder().build());
    for (String member : listed.names()) {
      hidden.put(MemberPath.parse(member), string(listed, member));
    }
    return hidden;
  }

  private static void requireAllShown(
      Set<MemberPath> members, List<Row> rows, Map<MemberPath, String> hidden)
      throws MalformedJsonException {
    Set<MemberPath> shown = new HashSet<>();
    for (Row row : rows) {
      Set<MemberPath> covered = Coverage.of(row);
      if (members.stream().noneMatch(covered::contains)) {
        throw new MalformedJsonException(
            "consent.rows: " + row.member() + " shows no member of the schema in this format");
      }
      shown.addAll(covered);
    }
    for (MemberPath member : members) {
      if (!shown.contains(member) && !Coverage.isHidden(member, hidden.keySet())) {
        throw new MalformedJsonException(
            "consent: " + member + " is neither shown by a row nor listed as hidden");
      }
    }
  }

  private static LocalText text(JsonObject holder, String name) throws MalformedJsonException {
    if (holder.isString(name)) {
      return LocalText.of(string(holder, name));
    }
    JsonObject byLanguage =
        holder
            .object(name)
            .filter(texts -> !texts.names().isEmpty())
            .orElseThrow(() -> new MalformedJsonException("consent: " + name + " is missing"));
    Map<String, String> texts = new LinkedHashMap<>();
    for (String language : byLanguage.names()) {
      texts.put(language, string(byLanguage, language));
    }
    return new LocalText(texts);
  }

  private static String string(JsonObject holder, String name) throws MalformedJsonException {
    return holder
        .string(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> new MalformedJsonException("consent: " + name + " is missing or empty"));
  }

  private static void requireKeys(JsonObject holder, String where, String... known)
      throws MalformedJsonException {
    for (String name : holder.names()) {
      if (!List.of(known).contains(name)) {
        throw new MalformedJsonException(
            where + ": " + name + " is not a key; there are: " + String.join(", ", known));
      }
    }
  }
}
