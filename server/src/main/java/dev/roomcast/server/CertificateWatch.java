package dev.roomcast.server;

import dev.roomcast.server.config.ServeTls;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the files of the certificate now and then, since a notification of the file system does
 * not come for every way in which secrets are exchanged.
 */
final class CertificateWatch implements AutoCloseable {
  private final ScheduledExecutorService thread;

  private CertificateWatch(ScheduledExecutorService thread) {
    this.thread = thread;
  }

  static CertificateWatch of(ServeTls tls) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("roomcast-certificates").factory());
    long nanos = TimeUnit.NANOSECONDS.convert(tls.reload());
    var unused =
        thread.scheduleWithFixedDelay(
            tls.tls()::reloadIfChanged, nanos, nanos, TimeUnit.NANOSECONDS);
    return new CertificateWatch(thread);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
