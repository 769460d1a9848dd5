package dev.countersign.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

/** The measurements of the process that a server runs in, until closed. */
public final class ProcessMetrics implements AutoCloseable {
  private final JvmGcMetrics garbage = new JvmGcMetrics();

  private ProcessMetrics() {}

  /**
   * Starts measuring this process.
   *
   * @param version of Countersign, shown as a label
   */
  public static ProcessMetrics start(MeterRegistry registry, String version) {
    Gauge.builder("countersign.build.info", () -> 1)
        .description("Always 1; the version is the label")
        .tag("version", version)
        .tag("java", Runtime.version().toString())
        .strongReference(true)
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    ProcessMetrics metrics = new ProcessMetrics();
    metrics.garbage.bindTo(registry);
    return metrics;
  }

  /** Lets go of the JVM's notifications. */
  @Override
  public void close() {
    garbage.close();
  }
}
