package dev.countersign.it.mutation;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * A mutant of PIT that tests noticed.
 *
 * @param className the class with its outer ones, by dots
 * @param member the method; that around it, of a lambda; the class's own name, of a constructor
 * @param killers the test methods, {@code class#method}
 */
record Mutant(String className, String member, Set<String> killers) {
  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");
  private static final Pattern TEST =
      Pattern.compile(
          "\\[class:([^\\]]+)\\](?:/\\[nested-class:[^\\]]+\\])*"
              + "/\\[(?:method|test-template|test-factory):([^(\\]]+)\\(");

  static Mutant of(Element mutation) {
    String type = text(mutation, "mutatedClass").replace('$', '.');
    String method = text(mutation, "mutatedMethod");
    Matcher lambda = LAMBDA.matcher(method);
    String member = lambda.matches() ? lambda.group(1) : method;
    Set<String> killers = new TreeSet<>();
    for (Matcher test = TEST.matcher(text(mutation, "killingTests")); test.find(); ) {
      killers.add(test.group(1) + "#" + test.group(2));
    }
    return new Mutant(
        type,
        member.equals("<init>") || member.equals("new")
            ? type.substring(type.lastIndexOf('.') + 1)
            : member,
        killers);
  }

  /** The file's class of a place: {@code a.b.Outer.Inner#member} is in {@code a.b.Outer}. */
  static String topLevel(String place) {
    StringBuilder name = new StringBuilder();
    for (String part : place.split("#", -1)[0].split("\\.", -1)) {
      name.append(name.isEmpty() ? "" : ".").append(part);
      if (Character.isUpperCase(part.charAt(0))) {
        break;
      }
    }
    return name.toString();
  }

  /** Whether it is in one of these places; a class means all that is in it. */
  boolean isIn(Set<String> places) {
    return places.stream()
        .anyMatch(
            place ->
                place.equals(className + "#" + member)
                    || place.equals(className)
                    || className.startsWith(place + "."));
  }

  /** Whether one of these tests noticed; a class means all that is in it. */
  boolean diesBy(Set<String> tests) {
    return killers.stream()
        .anyMatch(killer -> tests.contains(killer) || tests.contains(killer.split("#", -1)[0]));
  }

  private static String text(Element mutation, String name) {
    return mutation.getElementsByTagName(name).item(0).getTextContent();
  }
}
