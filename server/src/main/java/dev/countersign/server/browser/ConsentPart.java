package dev.countersign.server.browser;

import dev.countersign.server.details.ShownDetail;
import java.util.List;
import java.util.Optional;

/**
 * A section of the consent page: a detail that is to be allowed.
 *
 * @param shown what it says
 * @param mark whether it is new, was there or is to be once more, where that tells it from others
 * @param choosing what the person has to choose for it
 */
public record ConsentPart(ShownDetail shown, Optional<Mark> mark, Optional<Choosing> choosing) {

  /**
   * A word or two beside the title.
   *
   * @param text to read
   * @param warns whether it should not be missed
   */
  public record Mark(String text, boolean warns) {}

  /**
   * Fields to choose with.
   *
   * @param legend what stands above them
   * @param many whether several can be picked
   * @param options the fields; none if there is nothing to choose
   * @param fault what is wrong with what was picked
   */
  public record Choosing(
      String legend, boolean many, List<Option> options, Optional<String> fault) {
    /** Copies the list. */
    public Choosing {
      options = List.copyOf(options);
    }
  }

  /**
   * A field.
   *
   * @param name its name in the form
   * @param value its value in the form
   * @param label what the person calls it
   * @param line what it is beside that
   * @param picked whether it is picked
   */
  public record Option(
      String name, String value, String label, Optional<String> line, boolean picked) {
    /** Nothing of it: it is personal. */
    @Override
    public String toString() {
      return "Option";
    }
  }

  /**
   * What the client may do already.
   *
   * @param heading what becomes of it
   * @param allows a sentence for each part of what is no detail
   * @param details its details
   * @param resources where that is, if elsewhere than what is asked for
   */
  public record Existing(
      String heading, List<String> allows, List<ShownDetail> details, List<String> resources) {
    /** Copies the lists. */
    public Existing {
      allows = List.copyOf(allows);
      details = List.copyOf(details);
      resources = List.copyOf(resources);
    }

    /** Whether there is nothing to say. */
    public boolean isEmpty() {
      return allows.isEmpty() && details.isEmpty() && resources.isEmpty();
    }
  }
}
