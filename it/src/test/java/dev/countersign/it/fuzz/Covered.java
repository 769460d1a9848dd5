package dev.countersign.it.fuzz;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.structured.BareItem.StringItem;
import dev.countersign.protocol.structured.DictionaryField;
import dev.countersign.protocol.structured.InnerList;
import dev.countersign.protocol.structured.ListField;
import dev.countersign.protocol.structured.MalformedFieldException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the signature of a message that was taken covers. */
final class Covered {
  private Covered() {}

  /** The components of the only signature with this tag, as they are written. */
  static Set<String> by(Headers message, String tag) throws MalformedFieldException {
    List<InnerList> ours =
        DictionaryField.parseDistinct(message.all("Signature-Input")).members().values().stream()
            .filter(InnerList.class::isInstance)
            .map(InnerList.class::cast)
            .filter(
                list ->
                    list.parameters().get("tag").filter(new StringItem(tag)::equals).isPresent())
            .toList();
    Holds.equal(ours.size(), 1, "the signatures that are for this");
    return ours.getFirst().items().stream()
        .map(item -> new ListField(List.of(item)).serialize())
        .collect(Collectors.toSet());
  }
}
