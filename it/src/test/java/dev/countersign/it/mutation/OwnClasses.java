package dev.countersign.it.mutation;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Our classes as one run has them, which no other run sees. What is not ours is shared by all runs:
 * it stays loaded, and so do the native libraries that it brings.
 */
final class OwnClasses extends URLClassLoader {
  private static final String OURS = "dev.countersign.";

  private OwnClasses(URL[] places) {
    super(places, OwnClasses.class.getClassLoader());
  }

  /** Those of a class path. */
  static OwnClasses of(String classPath) {
    return new OwnClasses(
        Arrays.stream(classPath.split(File.pathSeparator))
            .map(OwnClasses::url)
            .toArray(URL[]::new));
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }

  /** Looks here first: the worker has been started with classes of this package. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
