package io.simplejwt.audit;

import static java.util.stream.Collectors.joining;

import io.simplejwt.store.Database;
import io.simplejwt.store.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.DefinedAttributeTemplateEngine;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.TemplateEngine;

/**
 * Reads the audit, newest first. Each filter, and account and kind together, is the beginning of an
 * index that ends in the id: however many rows there are, a page's are found and sorted by it.
 */
@ApplicationScoped
class AuditPageStore {
  // One for all calls: what it has parsed is kept by it.
  private static final TemplateEngine WITH_LISTS = new DefinedAttributeTemplateEngine();

  private final Database database;

  AuditPageStore(Database database) {
    this.database = database;
  }

  List<AuditViews.Entry> entries(AuditFilter filter, PageRequest request) {
    return read("SELECT * FROM audit", filter, request, AuditPageStore::entry);
  }

  /** A statement has no kind. */
  List<AuditViews.Statement> statements(AuditFilter filter, PageRequest request) {
    return read("SELECT * FROM audit_statement", filter, request, AuditPageStore::statement);
  }

  /** How often each kind of thing happened in each hour since the given one. */
  List<HourCount> hours(Instant from, List<String> kinds) {
    return database.query(
        sql ->
            sql.createQuery(
                    """
                    SELECT hour, kind, detail, sum(times) AS times FROM audit_hour
                    WHERE hour >= :from AND kind IN (<kinds>) GROUP BY hour, kind, detail""")
                .setTemplateEngine(WITH_LISTS)
                .bind("from", from.getEpochSecond())
                .bindList("kinds", kinds)
                .map(
                    (row, context) ->
                        new HourCount(
                            time(row, "hour"),
                            row.getString("kind"),
                            row.getString("detail"),
                            row.getLong("times")))
                .list());
  }

  private <T> List<T> read(
      String select, AuditFilter filter, PageRequest request, RowMapper<T> mapper) {
    Map<String, String> wanted = new LinkedHashMap<>(); // conditions, each with its value
    filter.account().ifPresent(account -> wanted.put("account = ", account));
    filter.kind().ifPresent(kind -> wanted.put("kind = ", kind));
    filter.firstId().ifPresent(id -> wanted.put("id >= ", id));
    filter.endId().ifPresent(id -> wanted.put("id < ", id));
    request.after().ifPresent(id -> wanted.merge("id < ", id, AuditPageStore::smaller));
    String where =
        wanted.keySet().stream().map(condition -> condition + "?").collect(joining(" AND "));
    String text =
        select
            + (where.isEmpty() ? "" : " WHERE " + where)
            + " ORDER BY id DESC LIMIT "
            + request.rowsToRead();
    return database.query(
        sql -> {
          Query query = sql.createQuery(text);
          int position = 0;
          for (String value : wanted.values()) {
            query.bind(position++, value);
          }
          return query.map(mapper).list();
        });
  }

  private static String smaller(String one, String other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static AuditViews.Entry entry(ResultSet row, StatementContext context)
      throws SQLException {
    return new AuditViews.Entry(
        row.getString("id"),
        row.getString("kind"),
        known(row, "detail"),
        known(row, "account"),
        known(row, "actor"),
        row.getString("address"),
        time(row, "first_at"),
        time(row, "last_at"),
        row.getLong("times"));
  }

  private static AuditViews.Statement statement(ResultSet row, StatementContext context)
      throws SQLException {
    return new AuditViews.Statement(
        row.getString("id"),
        time(row, "asked_at"),
        row.getString("account"),
        row.getString("address"),
        row.getString("access"),
        row.getString("statement"),
        row.getString("outcome"),
        row.getLong("row_count"),
        row.getLong("milliseconds"));
  }

  private static String known(ResultSet row, String column) throws SQLException {
    String value = row.getString(column);
    return value.isEmpty() ? null : value;
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochSecond(row.getLong(column));
  }
}
