package dev.countersign.server.details;

import dev.countersign.server.details.ConsentTemplate.Row;
import java.util.HashSet;
import java.util.Set;

/** Which members rows show. */
final class Coverage {
  private Coverage() {}

  /** The members that a row shows. */
  static Set<MemberPath> of(Row row) {
    Set<String> parts = row.format().parts();
    if (parts.isEmpty()) {
      return Set.of(row.member());
    }
    Set<MemberPath> covered = new HashSet<>();
    for (String part : parts) {
      covered.add(row.member().child(part));
      covered.add(row.member().child(MemberPath.EACH).child(part));
    }
    return covered;
  }

  /** Whether nobody need see a member. */
  static boolean isHidden(MemberPath member, Set<MemberPath> hidden) {
    return hidden.stream().anyMatch(member::isWithin);
  }
}
