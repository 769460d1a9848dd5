package dev.countersign.server.operator;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.util.function.Function;

/** What is asked for by a URL that leads to nothing. */
final class Unknown {
  private Unknown() {}

  /** The refusal of it. */
  @Enforces({"GM-6.6-1"})
  static RefusalException thing(String detail) {
    return Refusal.http(404, "GM-6.6-1", "there is nothing of that name")
        .withDetail(detail)
        .exception();
  }

  /** The name at the end of the path, as the type that it must be. */
  static <T> T requireName(HttpRequest request, Function<String, T> type) {
    try {
      return type.apply(request.path().substring(request.path().lastIndexOf('/') + 1));
    } catch (IllegalArgumentException nobodys) {
      throw thing("the path ends with no possible name");
    }
  }
}
