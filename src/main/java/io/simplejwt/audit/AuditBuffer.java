package io.simplejwt.audit;

import io.simplejwt.audit.AuditEntry.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;

/**
 * Entries on their way to the store. Bounded: what finds no room, while the store is away, is in
 * the log only, and the log says how much that was.
 */
final class AuditBuffer {
  static final int MOST = 10_000;
  private static final Logger LOG = Logger.getLogger(AuditBuffer.class);

  private final Map<Key, AuditEntry> waiting = new ConcurrentHashMap<>();
  private final LongAdder lost = new LongAdder();
  private final LongConsumer counter;

  /**
   * @param counter is told how many entries found no room
   */
  AuditBuffer(LongConsumer counter) {
    this.counter = counter;
  }

  void add(AuditEntry entry) {
    if (waiting.size() >= MOST && !waiting.containsKey(entry.key())) {
      lost.add(entry.times());
      counter.accept(entry.times());
      return;
    }
    waiting.merge(entry.key(), entry, AuditEntry::and);
  }

  int size() {
    return waiting.size();
  }

  /** Hands over what waits; keeps it where that fails. */
  synchronized void drain(Consumer<List<AuditEntry>> writer) {
    List<AuditEntry> entries = new ArrayList<>();
    for (Key key : waiting.keySet()) {
      entries.add(waiting.remove(key)); // what is added meanwhile begins anew
    }
    if (entries.isEmpty()) {
      return;
    }
    try {
      writer.accept(entries);
    } catch (RuntimeException e) {
      entries.forEach(this::add);
      LOG.warnf("%d kinds of refusals wait for the store", entries.size());
      return;
    }
    long missing = lost.sumThenReset();
    if (missing > 0) {
      LOG.warnf("%d refusals are in the log only: the store was away", missing);
    }
  }
}
