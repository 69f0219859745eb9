package io.simplejwt;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The first SIGTERM or Ctrl-C stops the service gracefully, which takes seconds; whoever sends
 * another one does not want to wait for them. What was answered is on disk either way.
 *
 * <p>The JDK has no other way to hear of a signal than its {@code sun.misc}, which the compiler
 * takes no directive to be silent about: so it is reached by name.
 */
final class SecondSignal {
  private static final AtomicBoolean STOPPING = new AtomicBoolean();

  private SecondSignal() {}

  static void endsAtOnce() {
    try {
      onSignal("TERM", 15);
      onSignal("INT", 2);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every JDK with the module jdk.unsupported has it", e);
    }
  }

  private static void onSignal(String name, int number) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object stop =
        Proxy.newProxyInstance(
            SecondSignal.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              stop(128 + number); // as the JVM itself has it
              return null;
            });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), stop);
  }

  private static void stop(int exitCode) {
    if (STOPPING.compareAndSet(false, true)) {
      System.exit(exitCode);
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
