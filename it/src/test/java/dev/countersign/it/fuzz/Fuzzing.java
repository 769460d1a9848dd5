package dev.countersign.it.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What Jazzer calls, in a JVM of its own. With the system property {@value #TARGET} every input is
 * for the target that it names; without, the first byte of an input says which target it is for.
 */
public final class Fuzzing {
  static final String TARGET = "countersign.fuzz";

  /** Begins each line that says how often a target ran and how often it took what came. */
  static final String COUNTED = "fuzzed ";

  private static final List<Target<?>> TARGETS = Targets.asked();
  private static final boolean ALONE = TARGETS.size() == 1;
  private static final AtomicLongArray RUNS = new AtomicLongArray(TARGETS.size());
  private static final AtomicLongArray TAKEN = new AtomicLongArray(TARGETS.size());

  private Fuzzing() {}

  /** Called by Jazzer for every input. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (ALONE) {
      run(0, input);
    } else if (input.length > 0) {
      run(
          Byte.toUnsignedInt(input[0]) % TARGETS.size(),
          Arrays.copyOfRange(input, 1, input.length));
    }
  }

  /** The input that is this one for a target among all. */
  static byte[] addressed(int target, byte[] input) {
    byte[] addressed = new byte[input.length + 1];
    addressed[0] = (byte) target;
    System.arraycopy(input, 0, addressed, 1, input.length);
    return addressed;
  }

  private static void run(int target, byte[] input) {
    RUNS.incrementAndGet(target);
    if (TARGETS.get(target).takes(input)) {
      TAKEN.incrementAndGet(target);
    }
  }

  /** Called by Jazzer at the end. */
  public static void fuzzerTearDown() {
    for (int i = 0; i < TARGETS.size(); i++) {
      System.err.println(COUNTED + TARGETS.get(i) + " " + RUNS.get(i) + " " + TAKEN.get(i));
    }
  }
}
