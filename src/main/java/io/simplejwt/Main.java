package io.simplejwt;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.simplejwt.setting.StartFailure;

/** Starts the service; a start that fails says why in one line and exits with 1. */
@QuarkusMain
public class Main {
  public static void main(String... arguments) {
    SecondSignal.endsAtOnce();
    Quarkus.run(null, Main::ended, arguments);
  }

  private static void ended(int exitCode, Throwable failure) {
    if (failure != null) {
      StartFailure.tell(failure, System.err);
    }
    System.exit(exitCode);
  }
}
