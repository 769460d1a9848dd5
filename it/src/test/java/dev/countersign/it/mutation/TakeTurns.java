package dev.countersign.it.mutation;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;

/**
 * Plays one run after another in the same JVM, which stays warm. Each has our classes for itself
 * and leaves to the next what it found.
 */
final class TakeTurns {
  /** What stands before how a run ended: 0, or 1 if it threw something. */
  static final String ENDED = "TURN ENDED ";

  private TakeTurns() {}

  /** Reads runs, one a line: class path, class with a main method, arguments, between tabs. */
  public static void main(String[] args) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] turn = line.split("\t", -1);
      PrintStream out = System.out;
      int exit = take(turn[0], turn[1], Arrays.copyOfRange(turn, 2, turn.length));
      System.setOut(out);
      // What is said in between need not end its line.
      out.println("\n" + ENDED + exit);
    }
    // A mutant may have left threads that never end.
    System.exit(0);
  }

  private static int take(String classPath, String main, String[] args) throws IOException {
    Properties before = (Properties) System.getProperties().clone();
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    try (OwnClasses classes = OwnClasses.of(classPath)) {
      thread.setContextClassLoader(classes);
      // For those who start a JVM that is like theirs.
      System.setProperty(
          "java.class.path",
          classPath + File.pathSeparator + before.getProperty("java.class.path"));
      classes.loadClass(main).getMethod("main", String[].class).invoke(null, (Object) args);
      return 0;
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace(System.out);
      return 1;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(main, e);
    } finally {
      thread.setContextClassLoader(usual);
      System.setProperties(before);
    }
  }
}
