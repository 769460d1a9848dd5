package dev.countersign.server.details;

import dev.countersign.server.details.ConsentTemplate.Row;
import java.util.HashSet;
import java.util.Set;

/** Which members rows show. */
final class Coverage {
  private Coverage() {}

  /** The members that a row shows. */
  static Set<MemberPath> of(Row row) {
    return of(row.member(), row.format());
  }

  private static Set<MemberPath> of(MemberPath member, Format format) {
    MemberPath each = member.child(MemberPath.EACH);
    Set<MemberPath> covered = new HashSet<>();
    if (format instanceof Format.Each(var parts)) {
      parts.forEach(part -> covered.addAll(of(each.below(part.member()), part.format())));
      return covered;
    }
    if (format.members().isEmpty()) {
      return Set.of(member);
    }
    for (String name : format.members()) {
      covered.add(member.child(name));
      covered.add(each.child(name));
    }
    return covered;
  }

  /** Whether nobody need see a member. */
  static boolean isHidden(MemberPath member, Set<MemberPath> hidden) {
    return hidden.stream().anyMatch(member::isWithin);
  }
}
