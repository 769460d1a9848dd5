package dev.countersign.it.mutation;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/** Leaves out every test method that is not wanted, and keeps what stands around those that are. */
record OnlyMethods(List<String> wanted) implements PostDiscoveryFilter {

  @Override
  public FilterResult apply(TestDescriptor test) {
    return FilterResult.includedIf(
        test.getSource()
            .filter(MethodSource.class::isInstance)
            .map(MethodSource.class::cast)
            .map(source -> isWanted(source.getJavaMethod()))
            .orElse(true));
  }

  private boolean isWanted(Method method) {
    String type = method.getDeclaringClass().getCanonicalName();
    return wanted.contains(type + "#" + method.getName()) || wanted.contains(type + "#");
  }
}
