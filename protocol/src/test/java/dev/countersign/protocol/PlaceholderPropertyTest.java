package dev.countersign.protocol;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PlaceholderPropertyTest {
  @Property
  boolean readsWhatItWrote(@ForAll int number) {
    return Integer.parseInt(Integer.toString(number)) == number;
  }
}
