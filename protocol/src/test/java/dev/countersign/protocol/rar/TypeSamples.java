package dev.countersign.protocol.rar;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;

/** Types and objects written with single quotes, as far as they are right. */
final class TypeSamples {
  private static final String BORROWING =
      """
      {'type': 'borrowing', 'schema': {'type': 'object'}, 'personal': ['/note'],
       'sensitive': false, 'use': 'many', 'merge': %s,
       'compare': {
         '/actions': {'implies': {'extend': ['borrow'], 'borrow': ['look'], 'look': ['look']}},
         '/shelves': 'subset',
         '/fee/amount': 'at_most',
         '/from': 'at_least',
         '/note': 'any'}}
      """;

  private TypeSamples() {}

  static JsonObject json(String text) {
    try {
      return JsonObject.parse(text.replace('\'', '"'));
    } catch (MalformedJsonException e) {
      throw new AssertionError(text, e);
    }
  }

  static AuthorizationDetail detail(String text) {
    try {
      return AuthorizationDetail.of(json(text));
    } catch (MalformedJsonException e) {
      throw new AssertionError(text, e);
    }
  }

  static AuthorizationDetails details(String text) {
    return AuthorizationDetails.parse(text.replace('\'', '"'));
  }

  static DetailType type(String text) {
    try {
      return DetailType.parse(json(text));
    } catch (InvalidDetailTypeException e) {
      throw new AssertionError(text, e);
    }
  }

  /** A type with every rule of comparison, and this rule of merging. */
  static DetailType borrowing(String merge) {
    return type(BORROWING.replace("%s", merge));
  }
}
