package io.simplejwt.store;

/** What a command does not do, told in one line. Nothing was changed. */
public final class CommandRefused extends RuntimeException {
  public CommandRefused(String line) {
    super(line);
  }

  /** With what failed beneath: its first line is told. */
  public CommandRefused(String line, Throwable cause) {
    super(line + " (" + Schema.firstLine(cause) + ")", cause);
  }
}
