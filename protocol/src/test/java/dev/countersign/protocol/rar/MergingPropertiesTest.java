package dev.countersign.protocol.rar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every rule, whatever is merged and compared. */
class MergingPropertiesTest {
  private static final String TYPE = "borrowing";

  private static final List<AuthorizationDetail> SMALLEST = smallest();

  @Provide
  Arbitrary<DetailType> types() {
    return Arbitraries.of(
            "'keep_both'",
            "{'replace_same': '/id'}",
            "{'join': '/shelves'}",
            "{'join': '/actions'}")
        .map(TypeSamples::borrowing);
  }

  @Provide
  Arbitrary<AuthorizationDetails> sets() {
    return objects().list().ofMaxSize(5).map(AuthorizationDetails::new);
  }

  @Provide
  Arbitrary<AuthorizationDetail> objects() {
    Arbitrary<Optional<String>> ids = Arbitraries.of("1", "2").optional(0.7);
    Arbitrary<List<String>> actions =
        Arbitraries.of("look", "borrow", "extend").list().ofMinSize(1).ofMaxSize(3);
    Arbitrary<Optional<List<String>>> shelves =
        Arbitraries.of("a", "b", "c").list().ofMaxSize(3).optional(0.8);
    Arbitrary<Optional<Integer>> fees = Arbitraries.integers().between(1, 2).optional(0.5);
    Arbitrary<Optional<Integer>> days = Arbitraries.integers().between(1, 2).optional(0.5);
    Arbitrary<Optional<String>> notes = Arbitraries.of("n", "m").optional(0.3);
    return Combinators.combine(ids, actions, shelves, fees, days, notes)
        .as(MergingPropertiesTest::object);
  }

  private static AuthorizationDetail object(
      Optional<String> id,
      List<String> actions,
      Optional<List<String>> shelves,
      Optional<Integer> fee,
      Optional<Integer> day,
      Optional<String> note) {
    try {
      return AuthorizationDetail.of(
          JsonObject.builder()
              .put("type", TYPE)
              .put("id", id)
              .put("actions", actions)
              .put("shelves", shelves)
              .put("fee", fee.map(MergingPropertiesTest::fee))
              .put("from", day.map(number -> "2026-11-0" + number))
              .put("note", note)
              .build());
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonObject fee(int amount) {
    return JsonObject.builder().put("amount", amount + ".00").build();
  }

  /** Every single thing that an object of the type can allow. */
  private static List<AuthorizationDetail> smallest() {
    List<AuthorizationDetail> all = new ArrayList<>();
    for (Optional<String> id : orNone(List.of("1", "2"))) {
      for (String action : List.of("look", "borrow", "extend")) {
        for (Optional<String> shelf : orNone(List.of("a", "b", "c"))) {
          for (Optional<Integer> fee : orNone(List.of(1, 2))) {
            for (Optional<Integer> day : orNone(List.of(1, 2))) {
              all.add(object(id, List.of(action), shelf.map(List::of), fee, day, Optional.empty()));
            }
          }
        }
      }
    }
    return all;
  }

  private static <T> List<Optional<T>> orNone(List<T> values) {
    List<Optional<T>> all = new ArrayList<>(values.stream().map(Optional::of).toList());
    all.add(Optional.empty());
    return all;
  }

  /** What may happen to a grant, or to what a token has of it. */
  sealed interface Step {
    record Merge(AuthorizationDetails added) implements Step {}

    record Replace(AuthorizationDetails whole) implements Step {}

    record Narrow(AuthorizationDetails asked) implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Arbitraries.oneOf(
            sets().<Step>map(Step.Merge::new),
            sets().<Step>map(Step.Replace::new),
            sets().<Step>map(Step.Narrow::new))
        .list()
        .ofMaxSize(8);
  }

  private static AuthorizationDetails merge(
      DetailType type, AuthorizationDetails before, AuthorizationDetails added) {
    return Merging.merge(before, added, name -> type.merging());
  }

  private static boolean isWithin(
      DetailType type, AuthorizationDetail asked, AuthorizationDetails granted) {
    return granted.list().stream().anyMatch(whole -> type.isWithin(asked, whole));
  }

  private static List<AuthorizationDetail> allowedBy(DetailType type, AuthorizationDetails set) {
    return SMALLEST.stream().filter(one -> isWithin(type, one, set)).toList();
  }

  @Property
  @Requirement({"GM-5.2-4"})
  void mergingIsAssociative(
      @ForAll("types") DetailType type,
      @ForAll("sets") AuthorizationDetails a,
      @ForAll("sets") AuthorizationDetails b,
      @ForAll("sets") AuthorizationDetails c) {
    assertThat(merge(type, merge(type, a, b), c)).isEqualTo(merge(type, a, merge(type, b, c)));
  }

  @Property
  @Requirement({"GM-5.2-4"})
  void mergingTheSameOnceMoreChangesNothing(
      @ForAll("types") DetailType type,
      @ForAll("sets") AuthorizationDetails a,
      @ForAll("sets") AuthorizationDetails b) {
    AuthorizationDetails merged = merge(type, a, b);
    assertThat(merge(type, merged, b)).isEqualTo(merged);
    assertThat(merge(type, merged, AuthorizationDetails.NONE)).isEqualTo(merged);
    assertThat(merge(type, AuthorizationDetails.NONE, merged)).isEqualTo(merged);
  }

  @Property(tries = 50)
  @Requirement({"GM-5.2-4"})
  void whatIsMergedAllowsWhatItsPartsAllowAndNoMore(
      @ForAll("types") DetailType type,
      @ForAll("sets") AuthorizationDetails a,
      @ForAll("sets") AuthorizationDetails b) {
    List<AuthorizationDetail> parts =
        SMALLEST.stream().filter(one -> isWithin(type, one, a) || isWithin(type, one, b)).toList();
    List<AuthorizationDetail> whole = allowedBy(type, merge(type, a, b));
    if (type.merging() instanceof Merging.ReplaceSame) {
      assertThat(parts).containsAll(whole);
      assertThat(whole).containsAll(allowedBy(type, merge(type, b, b)));
    } else {
      assertThat(whole).isEqualTo(parts);
    }
  }

  @Property(tries = 50)
  @Requirement({"RAR-6.1-1"})
  void anObjectIsWithinItselfAndAPartOfAPartIsAPart(
      @ForAll("types") DetailType type,
      @ForAll("objects") AuthorizationDetail a,
      @ForAll("objects") AuthorizationDetail b,
      @ForAll("objects") AuthorizationDetail c) {
    assertThat(type.isWithin(a, a)).isTrue();
    if (type.isWithin(a, b)) {
      assertThat(!type.isWithin(b, c) || type.isWithin(a, c)).isTrue();
      AuthorizationDetails part = AuthorizationDetails.of(a);
      assertThat(allowedBy(type, AuthorizationDetails.of(b))).containsAll(allowedBy(type, part));
    }
  }

  @Property(tries = 50)
  @Requirement({"RAR-6-2", "GM-5.2-4", "GM-5.2-5"})
  void noSequenceOfStepsAllowsMoreThanThePersonAgreedTo(
      @ForAll("types") DetailType type, @ForAll("steps") List<Step> steps) {
    AuthorizationDetails now = AuthorizationDetails.NONE;
    AuthorizationDetails agreed = AuthorizationDetails.NONE;
    for (Step step : steps) {
      switch (step) {
        case Step.Merge merge -> {
          now = merge(type, now, merge.added());
          agreed = both(agreed, merge.added());
        }
        case Step.Replace replace -> {
          now = replace.whole();
          agreed = replace.whole();
        }
        case Step.Narrow narrow -> {
          AuthorizationDetails granted = now;
          now = narrow.asked().only(asked -> isWithin(type, asked, granted));
        }
      }
      assertThat(allowedBy(type, agreed)).containsAll(allowedBy(type, now));
    }
  }

  private static AuthorizationDetails both(AuthorizationDetails one, AuthorizationDetails other) {
    return new AuthorizationDetails(
        Stream.concat(one.list().stream(), other.list().stream()).toList());
  }
}
