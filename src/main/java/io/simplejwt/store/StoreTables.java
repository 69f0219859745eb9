package io.simplejwt.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The embedded store's tables, as the store itself lists them: none can be forgotten. */
final class StoreTables {
  private StoreTables() {}

  /**
   * In the order of their making. The same scripts run on PostgreSQL, where a table that is
   * referred to must be there already: so that in this order rows find what they refer to.
   */
  static List<String> of(Handle sql) {
    return sql.createQuery(
            """
            SELECT name FROM sqlite_master
            WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' AND name <> :history
            ORDER BY rowid""")
        .bind("history", Schema.HISTORY)
        .mapTo(String.class)
        .list();
  }

  static List<String> columns(Handle sql, String table) {
    return sql.createQuery("SELECT name FROM pragma_table_info(:table) ORDER BY cid")
        .bind("table", table)
        .mapTo(String.class)
        .list();
  }

  /** Whether migrations put its rows in themselves: the guards and the floor, which have no key. */
  static boolean isSeeded(Handle sql, String table) {
    return sql.createQuery("SELECT count(*) FROM pragma_table_info(:table) WHERE pk > 0")
            .bind("table", table)
            .mapTo(Integer.class)
            .one()
        == 0;
  }

  static long count(Handle sql, String table) {
    return sql.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one();
  }

  static Map<String, Long> counts(Handle sql) {
    Map<String, Long> rows = new LinkedHashMap<>();
    of(sql).forEach(table -> rows.put(table, count(sql, table)));
    return rows;
  }
}
