package io.simplejwt;

import java.lang.reflect.Proxy;
import java.util.Map;

/**
 * The first SIGTERM or Ctrl-C stops the service gracefully, which takes seconds; whoever sends
 * another one does not want to wait for them. What was answered is on disk either way.
 *
 * <p>The JDK has no other way to hear of a signal than its {@code sun.misc}, which the compiler
 * takes no directive to be silent about: so it is reached by name, and only once the first one has
 * come, since that costs a start more than a hundredth. Another one within the milliseconds that
 * this takes is not heard.
 */
final class SecondSignal {
  private static final Map<String, Integer> NUMBERS = Map.of("TERM", 15, "INT", 2);

  private SecondSignal() {}

  static void endsAtOnce() {
    Runtime.getRuntime().addShutdownHook(new Thread(SecondSignal::listen, "second signal"));
  }

  private static void listen() {
    try {
      for (Map.Entry<String, Integer> signal : NUMBERS.entrySet()) {
        onSignal(signal.getKey(), signal.getValue());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every JDK with the module jdk.unsupported has it", e);
    }
  }

  private static void onSignal(String name, int number) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object end =
        Proxy.newProxyInstance(
            SecondSignal.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              Runtime.getRuntime().halt(128 + number); // as the JVM itself has it
              return null;
            });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), end);
  }
}
