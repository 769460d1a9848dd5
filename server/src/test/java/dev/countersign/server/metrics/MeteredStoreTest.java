package dev.countersign.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.store.Store;
import dev.countersign.store.StoreException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every operation of the store is passed on and timed, under its own name. */
class MeteredStoreTest {

  private final List<String> reached = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Store metered = new MeteredStore(broken(), registry);

  @Test
  void timesAndCountsEachOperationUnderItsOwnName() {
    for (Method operation : operations().toList()) {
      reached.clear();
      long timed = timed(operation);
      double failed = failed(operation);

      assertThatThrownBy(() -> call(operation)).isInstanceOf(StoreException.class);

      assertThat(reached).containsExactly(operation.getName());
      assertThat(timed(operation)).as(operation.getName()).isEqualTo(timed + 1);
      assertThat(failed(operation)).as(operation.getName()).isEqualTo(failed + 1);
    }
  }

  @Test
  void hasNoNameThatIsNoOperation() {
    Set<String> labels =
        Arrays.stream(StoreOperation.values())
            .map(StoreOperation::label)
            .collect(Collectors.toSet());

    assertThat(operations().map(MeteredStoreTest::label)).containsAll(labels);
  }

  /** All that a store must do itself, apart from its end. */
  private static Stream<Method> operations() {
    return Arrays.stream(Store.class.getMethods())
        .filter(method -> !method.isDefault() && !method.getName().equals("close"));
  }

  private void call(Method operation) throws Throwable {
    Object[] arguments =
        Arrays.stream(operation.getParameterTypes())
            .map(type -> type == int.class ? 1 : null)
            .toArray();
    try {
      operation.invoke(metered, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private long timed(Method operation) {
    return registry.get("countersign.store").tag("operation", label(operation)).timer().count();
  }

  private double failed(Method operation) {
    return registry
        .get("countersign.store.failures")
        .tag("operation", label(operation))
        .counter()
        .count();
  }

  private static String label(Method operation) {
    return operation.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** Notes what is asked of it, and cannot answer. */
  private Store broken() {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, _) -> {
              reached.add(method.getName());
              throw new StoreException("it cannot answer");
            });
  }
}
