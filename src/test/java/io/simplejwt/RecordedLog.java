package io.simplejwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What is logged until it is closed, by whomever but the tests' own libraries. */
public final class RecordedLog extends Handler implements AutoCloseable {
  private static final Set<String> OTHERS = Set.of("org.apache.http", "io.restassured");

  private final List<LogRecord> entries = new CopyOnWriteArrayList<>();
  private final Logger logger;

  public RecordedLog(String category) {
    logger = Logger.getLogger(category);
    logger.addHandler(this);
  }

  public List<LogRecord> entries() {
    return entries;
  }

  /** Returns when a text with this in it has been logged. */
  public void await(String part) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (entries.stream().noneMatch(entry -> text(entry).contains(part))) {
      assertThat(System.nanoTime()).as("in time: " + part).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  /** No failure, no line within a line, and none of these texts. */
  public void assertClean(String... secrets) {
    assertThat(entries)
        .allSatisfy(
            entry -> {
              assertThat(entry.getThrown()).as(text(entry)).isNull();
              assertThat(entry.getLevel().intValue())
                  .as(text(entry))
                  .isLessThan(Level.SEVERE.intValue());
              assertThat(List.of(secrets)).noneMatch(text(entry)::contains);
              assertThat(text(entry)).doesNotContain("\n", "\r");
            });
  }

  public static String text(LogRecord entry) {
    return new PatternFormatter("%s%e").format(entry);
  }

  @Override
  public void publish(LogRecord entry) {
    if (OTHERS.stream().noneMatch(String.valueOf(entry.getLoggerName())::startsWith)) {
      entries.add(entry);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
