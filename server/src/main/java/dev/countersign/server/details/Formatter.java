package dev.countersign.server.details;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.server.details.ShownDetail.Value;
import dev.countersign.server.text.Message;
import dev.countersign.server.text.Wording;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes values as people of one language do. What is not of the shape is written as it came. */
final class Formatter {
  private final Wording words;
  private final Amounts amounts;
  private final Dates dates;

  Formatter(Wording words) {
    this.words = words;
    this.amounts = new Amounts(words.locale());
    this.dates = new Dates(words.locale());
  }

  /** What stands for a member; several for an array. */
  List<Value> values(Member member, Format format) {
    return switch (format) {
      case Format.Text _ -> plain(text(member));
      case Format.Iban _ -> plain(text(member).stream().map(Formatter::iban).toList());
      case Format.Date _ -> plain(text(member).stream().map(this::date).toList());
      case Format.DateTime _ -> plain(text(member).stream().map(this::moment).toList());
      case Format.Words(var texts) ->
          plain(
              text(member).stream()
                  .map(
                      word ->
                          Optional.ofNullable(texts.get(word))
                              .map(meaning -> meaning.in(words.locale()))
                              .orElse(word))
                  .toList());
      case Format.Amount _ -> plain(each(member, this::amount));
      case Format.Period _ -> plain(each(member, this::period));
      case Format.Document _ -> documents(member);
      case Format.Each(var parts) ->
          plain(
              member.elements().stream()
                  .map(object -> line(object, parts))
                  .filter(line -> !line.isEmpty())
                  .toList());
    };
  }

  private String line(JsonObject object, List<Format.Each.Part> parts) {
    return parts.stream()
        .flatMap(part -> part.member().in(object).stream().map(one -> values(one, part.format())))
        .flatMap(List::stream)
        .map(Value::text)
        .collect(Collectors.joining(", "));
  }

  private static List<Value> plain(List<String> texts) {
    return texts.stream().map(text -> new Value(text, false)).toList();
  }

  /** A value or the values of an array, each as text. */
  private List<String> text(Member member) {
    return member
        .strings()
        .orElseGet(
            () ->
                List.of(
                    member
                        .string()
                        .or(() -> member.bool().map(this::truth))
                        .or(() -> number(member))
                        .orElseGet(member::json)));
  }

  private String truth(boolean value) {
    return words.say(value ? Message.DETAIL_YES : Message.DETAIL_NO);
  }

  private Optional<String> number(Member member) {
    return member.decimal().map(number -> amounts.number(number, 0));
  }

  private static String iban(String text) {
    return text.matches("[A-Za-z]{2}[0-9]{2}[A-Za-z0-9]{8,30}")
        ? text.replaceAll("(.{4})(?=.)", "$1 ")
        : text;
  }

  private String date(String text) {
    return dates.day(text).orElse(text);
  }

  private String moment(String text) {
    return dates.moment(text).orElse(text);
  }

  private Optional<String> amount(JsonObject object) {
    Optional<BigDecimal> amount = new Member(object, Format.Amount.AMOUNT).decimal();
    Optional<String> currency = new Member(object, Format.Amount.CURRENCY).string();
    return amount.flatMap(number -> currency.map(code -> amounts.amount(number, code)));
  }

  private Optional<String> period(JsonObject object) {
    if (!areTexts(object, new Format.Period())) {
      return Optional.empty();
    }
    Optional<String> from = end(object, Format.Period.FROM);
    Optional<String> to = end(object, Format.Period.TO);
    if (from.isPresent() && to.isPresent()) {
      return Optional.of(words.say(Message.DETAIL_PERIOD, from.get(), to.get()));
    }
    return from.map(day -> words.say(Message.DETAIL_FROM, day))
        .or(() -> to.map(day -> words.say(Message.DETAIL_UNTIL, day)));
  }

  /** Whether all that a format shows of an object is text; if not, all of it is as it came. */
  private static boolean areTexts(JsonObject object, Format format) {
    return format.members().stream().allMatch(name -> !object.has(name) || object.isString(name));
  }

  private Optional<String> end(JsonObject object, String name) {
    return new Member(object, name)
        .string()
        .map(text -> dates.day(text).or(() -> dates.moment(text)).orElse(text));
  }

  private static List<Value> documents(Member member) {
    List<Value> values = new ArrayList<>();
    for (JsonObject document : member.objects()) {
      Optional<String> label = new Member(document, Format.Document.LABEL).string();
      Optional<String> hash = new Member(document, Format.Document.HASH).string();
      if (areTexts(document, new Format.Document()) && (label.isPresent() || hash.isPresent())) {
        label.ifPresent(text -> values.add(new Value(text, false)));
        hash.ifPresent(text -> values.add(new Value(text, true)));
      } else {
        values.add(new Value(document.toJson(), true));
      }
    }
    return values;
  }

  /** An object, or each of an array; one that is not of the shape as it came. */
  private static List<String> each(Member member, Function<JsonObject, Optional<String>> writing) {
    return member.objects().stream()
        .map(object -> writing.apply(object).orElseGet(object::toJson))
        .toList();
  }
}
